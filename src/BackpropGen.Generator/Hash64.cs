namespace BackpropGen.Generator;

/// <summary>FNV-1a with 64 bits (Fowler, Noll and Vo): the same in every process, and two texts of one project that share it are not to be expected.</summary>
internal struct Hash64
{
    private ulong state;

    public readonly ulong Value => state;

    public void Add(ulong number)
    {
        for (int i = 0; i < 8; i++, number >>= 8)
        {
            Mix((byte)number);
        }
    }

    public void Add(string text)
    {
        foreach (char c in text)
        {
            Mix(c);
        }

        // No character: where one text ends and the next begins counts.
        Mix(0x10000);
    }

    private void Mix(ulong value)
    {
        const ulong Basis = 14695981039346656037, Prime = 1099511628211;
        state = unchecked(((state == 0 ? Basis : state) ^ value) * Prime);
    }
}
