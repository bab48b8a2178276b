namespace StalwartHardening.Generations;

/// <summary>A setting that some version of the server reads, or that looks as if one did.</summary>
/// <param name="Pattern">The key; <c>*</c> stands for a name that the configuration chooses, which may hold dots.</param>
/// <param name="Shape">What may be below the key.</param>
/// <param name="Since">The first version that reads it; the oldest known where it always was.</param>
/// <param name="Until">The first version that does not read it any more; null where the newest still does.</param>
/// <param name="Source">The file of the server that reads it.</param>
/// <param name="Note">What to know where the server does not read it; a sentence, or empty.</param>
internal sealed record SettingName(string Pattern, SettingShape Shape, ServerVersion Since, ServerVersion? Until, string Source, string Note)
{
    private const string RenamedMark = "→ ";

    /// <summary>The parts of <see cref="Pattern"/>.</summary>
    public string[] Parts { get; init; } = [];

    /// <summary>The number of each of <see cref="Parts"/> among all words of the table.</summary>
    public int[] Words { get; init; } = [];

    /// <summary>What the setting is called from <see cref="Until"/> on; null where it has no other name.</summary>
    public string? NewName { get; } = Note.StartsWith(RenamedMark, StringComparison.Ordinal) ? Note.Substring(RenamedMark.Length) : null;

    /// <summary>The setting that got this name; null where it always had it.</summary>
    public SettingName? Predecessor { get; set; }

    /// <summary>Whether a server of <paramref name="version"/> reads the setting.</summary>
    public bool IsReadBy(ServerVersion version) => Shape < SettingShape.Dead && version >= Since && (Until is not { } until || version < until);
}

/// <summary>What the server takes a key for.</summary>
internal enum SettingShape : byte
{
    /// <summary>One value.</summary>
    Value,

    /// <summary>One value, or several below it.</summary>
    List,

    /// <summary>Members that are in the key.</summary>
    Set,

    /// <summary>An expression, or rules with <c>if</c>, <c>then</c> and <c>else</c>.</summary>
    Expression,

    /// <summary>Whatever is there and below it.</summary>
    Any,

    /// <summary>A note of the web administration, or of people, that means nothing to the server and is not meant to.</summary>
    Mark,

    /// <summary>No version reads it, although it looks as if one did.</summary>
    Dead,

    /// <summary>Like <see cref="Dead"/>, together with everything below it.</summary>
    DeadWithChildren,
}
