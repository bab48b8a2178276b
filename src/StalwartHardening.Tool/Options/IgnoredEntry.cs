using StalwartHardening.OptionFiles;
using StalwartHardening.Rules;
using StalwartHardening.Rules.Reading;

namespace StalwartHardening.Tool.Options;

/// <summary>A finding that is meant to stay, and whether any of the checked files has it. Asked by many threads.</summary>
/// <param name="file">The option file.</param>
/// <param name="ignored">What it says.</param>
internal sealed class IgnoredEntry(string file, IgnoredFinding ignored)
{
    private int _uses;

    /// <summary>The option file.</summary>
    public string File { get; } = file;

    /// <summary>The line in it.</summary>
    public int Line => ignored.Line;

    /// <summary>Whether it has taken a finding back.</summary>
    public bool IsUsed => Volatile.Read(ref _uses) != 0;

    /// <summary>Whether <paramref name="finding"/> is one of those that are meant to stay; then this has been of use.</summary>
    public bool Takes(Finding finding)
    {
        if (!ignored.Covers(finding))
            return false;
        Volatile.Write(ref _uses, 1);
        return true;
    }

    /// <summary>What to say where it took nothing back.</summary>
    public string WhatIsUnused() => FormattableString.Invariant($"{File}({Line}): {UnusedSuppression.RuleId}: {ignored.Unused.Message}");
}
