using StalwartHardening.Remedies;
using StalwartHardening.Settings;

namespace StalwartHardening.Toml;

/// <summary>Reads an edited text again: it must hold the settings it held before, but for the edits, and no error it did not have.</summary>
internal static class TomlProof
{
    /// <summary>Whether <paramref name="after"/> is <paramref name="before"/> with <paramref name="edits"/> made to it, and nothing else.</summary>
    public static bool Holds(string before, string after, ServerVersion version, IReadOnlyList<SettingEdit> edits, CancellationToken cancellationToken)
    {
        var old = ServerTomlReader.Read(before, version, cancellationToken);
        var current = ServerTomlReader.Read(after, version, cancellationToken);
        if (current.Problems.Count > old.Problems.Count)
            return false;
        if (ExpectedSettings.After(old, edits) is not { } expected || !ExpectedSettings.Match(expected, current))
            return false;
        return !current.MayDepartFromStandard || StandardToml.Check(after) is not { Count: > 0 } || StandardToml.Check(before) is not { Count: 0 };
    }
}
