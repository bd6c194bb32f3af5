namespace BackpropGen.Runtime;

/// <summary>
/// Random bits from a seed and a stream's number: xoshiro256** 1.0 (D. Blackman, S. Vigna, "Scrambled linear pseudorandom number
/// generators", ACM Transactions on Mathematical Software 47, 2021), its state from SplitMix64 (G. Steele, D. Lea, C. Flood, "Fast
/// splittable pseudorandom number generators", OOPSLA 2014), as its authors advise.
/// </summary>
internal struct RandomStream
{
    private ulong s0;
    private ulong s1;
    private ulong s2;
    private ulong s3;

    /// <summary>Starts a stream.</summary>
    /// <param name="seed">Any number.</param>
    /// <param name="stream">Any number; another one gives an independent stream.</param>
    public RandomStream(int seed, int stream)
    {
        // Mixed before it counts on: otherwise two pairs whose difference is SplitMix64's increment would share three quarters of
        // their states. The mixing is a bijection, so that different pairs stay different.
        ulong state = Mix(((ulong)(uint)seed << 32) | (uint)stream);
        s0 = SplitMix(ref state);
        s1 = SplitMix(ref state);
        s2 = SplitMix(ref state);
        s3 = SplitMix(ref state);
    }

    /// <summary>64 random bits.</summary>
    public ulong Next()
    {
        ulong result = RotateLeft(s1 * 5, 7) * 9;
        ulong t = s1 << 17;
        s2 ^= s0;
        s3 ^= s1;
        s1 ^= s2;
        s0 ^= s3;
        s2 ^= t;
        s3 = RotateLeft(s3, 45);
        return result;
    }

    /// <summary>A number uniform in [−1, 1), of 53 random bits.</summary>
    public double NextSigned() => ((long)(Next() >> 11) - (1L << 52)) * (1.0 / (1L << 52));

    private static ulong SplitMix(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15;
        return Mix(state);
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    private static ulong RotateLeft(ulong value, int count) => (value << count) | (value >> (64 - count));
}
