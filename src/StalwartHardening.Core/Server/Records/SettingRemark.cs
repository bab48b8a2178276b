using StalwartHardening.Settings;

namespace StalwartHardening.Server;

/// <summary>Something about a setting that the model can say by itself.</summary>
/// <param name="Setting">Where it is.</param>
/// <param name="Key">The setting as a whole, of which <paramref name="Setting"/> may be one item.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Bits">The length of a key, where it is about one.</param>
internal sealed record SettingRemark(Setting Setting, string Key, SettingRemarkKind Kind, int Bits = 0);

/// <summary>What may be remarkable about a setting for signatures or for TLS.</summary>
internal enum SettingRemarkKind
{
    /// <summary>A signature with SHA-1, which the server refuses to make.</summary>
    RefusedHash,

    /// <summary>A signature of somebody else's with SHA-1.</summary>
    ForgeableHash,

    /// <summary>A signature for a part of the mail.</summary>
    SignedLength,

    /// <summary>No mail is signed.</summary>
    NothingSigned,

    /// <summary>A key that belongs to no signature, because nothing says what it signs with.</summary>
    MissingAlgorithm,

    /// <summary>An RSA key that can be computed from its public half.</summary>
    ShortKey,

    /// <summary>A domain whose keys are managed by hand, and that has none.</summary>
    DomainWithoutKey,

    /// <summary>Both TLS versions are disabled, which the server ignores.</summary>
    BothVersionsDisabled,

    /// <summary>TLS 1.3 is disabled.</summary>
    BetterVersionDisabled,

    /// <summary>Every cipher suite of what is left is disabled.</summary>
    AllSuitesDisabled,

    /// <summary>The client's order of cipher suites counts.</summary>
    ClientChoosesSuite,

    /// <summary>One value where the server reads only lists.</summary>
    NoList,
}
