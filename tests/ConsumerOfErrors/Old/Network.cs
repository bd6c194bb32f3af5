using BackpropGen;

namespace Old
{
    [Affine(64, 32)]
    [Relu]
    [Affine(32, 10)]
    [CrossEntropyLoss]
    [Adam(0.001f)]
    public partial class DigitNet // BPG006
    {
        public float Train(float[] pixels, int[] labels)
        {
            Parameters[0] = 1;
            return TrainStep(pixels, labels);
        }
    }
}
