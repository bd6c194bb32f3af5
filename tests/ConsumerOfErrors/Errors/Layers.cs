using BackpropGen;

namespace Errors;

[Input(8, 8)]
[Affine(8, 4)] // BPG100
[Relu] // BPG100
[MseLoss]
public partial class Shown;
