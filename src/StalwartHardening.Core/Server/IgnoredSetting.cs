using StalwartHardening.Settings;

namespace StalwartHardening.Server;

/// <summary>What is written and has no effect, because the server reads no setting of this name.</summary>
/// <param name="Reason">Why it has none.</param>
/// <param name="Name">The name, without indexes and members below it.</param>
/// <param name="Settings">Everything that is written under it, or for the same reason, in text order; at least one.</param>
internal sealed record IgnoredSetting(IgnoredReason Reason, string Name, IReadOnlyList<Setting> Settings)
{
    /// <summary>The name the server reads, or the one that was probably meant; null where there is none.</summary>
    public string? Alive { get; init; }

    /// <summary>Which part of <see cref="Name"/> differs from what was meant; null where nothing is known to be.</summary>
    public NameSlip? Slip
    {
        get
        {
            if (Alive is not { } alive)
                return null;
            var (written, meant) = (Name, alive);
            while (SettingPath.Parent(written) is { Length: > 0 } table && SettingPath.Parent(meant) is { Length: > 0 } meantTable && SettingPath.LastPart(written) == SettingPath.LastPart(meant))
                (written, meant) = (table, meantTable);
            return new NameSlip(written, meant, IsTable: written.Length < Name.Length);
        }
    }

    /// <summary>Whether something is written under <see cref="Alive"/> too.</summary>
    public bool AliveIsWritten { get; init; }

    /// <summary>The names of other settings that are ignored for the same reason, in text order.</summary>
    public IReadOnlyList<string> Others { get; init; } = [];

    /// <summary>A version that reads the name, such as <c>0.11</c>; null where none does or nobody knows.</summary>
    public string? ReadBy { get; init; }

    /// <summary>What to know about it; a sentence, or empty.</summary>
    public string Note { get; init; } = "";
}

/// <summary>The beginning of a name that is not what was meant.</summary>
/// <param name="Written">What is written.</param>
/// <param name="Meant">What was meant.</param>
/// <param name="IsTable">Whether it is the name of a table, what is below being right.</param>
internal sealed record NameSlip(string Written, string Meant, bool IsTable);

/// <summary>Why a setting has no effect.</summary>
internal enum IgnoredReason
{
    /// <summary>This version calls it otherwise.</summary>
    Renamed,

    /// <summary>No version knows the name.</summary>
    Unknown,

    /// <summary>Other versions read it, or documentation and habit suggest it, and this version does not.</summary>
    NotRead,

    /// <summary>It was meant to make listeners, of which there are none.</summary>
    NoListener,
}
