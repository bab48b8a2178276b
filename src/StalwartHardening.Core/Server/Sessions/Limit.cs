using StalwartHardening.Settings;

namespace StalwartHardening.Server.Sessions;

/// <summary>A limit on guessing or flooding that somebody has set.</summary>
/// <param name="Setting">The setting.</param>
/// <param name="State">What became of it.</param>
/// <param name="Consequence">What follows where it does not hold; half a sentence.</param>
/// <param name="IsAboutPasswords">Whether it stops those who guess passwords.</param>
internal sealed record Limit(Setting Setting, LimitState State, string Consequence, bool IsAboutPasswords);

/// <summary>What became of a limit.</summary>
internal enum LimitState
{
    /// <summary>It holds, or nobody knows.</summary>
    InForce,

    /// <summary>It is switched off.</summary>
    Off,

    /// <summary>It is a hundred times what the server would take, or more.</summary>
    Meaningless,

    /// <summary>It is a rate over no time at all, which the server divides by.</summary>
    Breaks,

    /// <summary>It exempts a network of strangers.</summary>
    TooWide,
}
