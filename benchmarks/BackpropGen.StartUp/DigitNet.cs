namespace BackpropGen.StartUp;

[Affine(64, 32)]
[Relu]
[Affine(32, 10)]
[CrossEntropyLoss]
[Sgd(0.01f)]
public partial class DigitNet;
