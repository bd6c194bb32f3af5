using BackpropGen;

namespace Errors;

[Affine(8, 4)]
[Softmax]
[CrossEntropyLoss] // BPG016
public partial class Strict;

[Affine(8, 4)]
[Affine(5, 2)] // BPG010
public partial class Lenient;
