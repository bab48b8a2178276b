namespace StalwartHardening.Toml;

/// <summary>FNV-1a, which can be continued from any beginning of a name; finished so that the low bits are good ones.</summary>
internal static class NameHash
{
    /// <summary>The state before the first character.</summary>
    public const uint Seed = 2166136261u;

    /// <summary>The state after one more character.</summary>
    public static uint Next(uint hash, char c) => (hash ^ c) * 16777619u;

    /// <summary>The hash of the characters so far; never 0, which stands for an empty slot.</summary>
    public static int Finish(uint hash)
    {
        var finished = (int)(hash ^ (hash >> 15));
        return finished == 0 ? 1 : finished;
    }
}
