namespace StalwartHardening.Remedies;

/// <summary>One way to end a finding: what to change, in settings. Editors say it in the syntax of the source.</summary>
/// <param name="Title">What it does, for a menu; a <see cref="RemedySafety.Review"/> title says who may be cut off.</param>
/// <param name="EquivalenceKey">The same for the same action everywhere, so that it can be applied to all findings of a rule at once.</param>
/// <param name="Safety">Whether anybody may lose legitimate access.</param>
/// <param name="Edits">What to change, in this order.</param>
internal sealed record Remedy(string Title, string EquivalenceKey, RemedySafety Safety, IReadOnlyList<SettingEdit> Edits)
{
    /// <summary>Whether the finding is gone afterwards. False where a remedy only makes the matter better.</summary>
    public bool EndsFinding { get; init; } = true;

    /// <summary>Whether more of the configuration takes effect afterwards, which may have findings of its own that nobody could see before.</summary>
    public bool LetsMoreTakeEffect { get; init; }

    /// <summary>The networks that an allow-list lets through whatever they ask for; null where the remedy is none.</summary>
    public IReadOnlyList<string>? AdmittedNetworks { get; init; }
}

/// <summary>Whether a remedy may take legitimate access away.</summary>
internal enum RemedySafety
{
    /// <summary>Nobody loses legitimate access.</summary>
    Safe,

    /// <summary>May cut off clients or administrators; the title says whom.</summary>
    Review,
}
