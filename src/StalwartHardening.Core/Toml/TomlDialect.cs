using StalwartHardening.Settings;

namespace StalwartHardening.Toml;

/// <summary>The four generations of the server's dialect (<c>config/parser.rs</c> at the tags).</summary>
internal enum TomlDialect
{
    /// <summary>0.5.0 to 0.5.2: no sets, no line breaks before keys in inline tables, <c>!ENV</c> values.</summary>
    Since0_5_0,

    /// <summary>0.5.3 to 0.6.0: sets.</summary>
    Since0_5_3,

    /// <summary>0.7.0 to 0.13.0: line breaks before keys in inline tables, no <c>!ENV</c>.</summary>
    Since0_7_0,

    /// <summary>0.13.1 to 0.15: any character in unquoted keys.</summary>
    Since0_13_1,
}

internal static class TomlDialects
{
    /// <summary>The newest version of each dialect, in their order.</summary>
    public static IReadOnlyList<ServerVersion> Newest { get; } = [new(5, 2), new(6, 0), new(13, 0), ServerVersion.Newest];

    /// <summary>The dialect of a version.</summary>
    public static TomlDialect Of(ServerVersion version) =>
        version.IsAtLeast(13, 1) ? TomlDialect.Since0_13_1
        : version.IsAtLeast(7) ? TomlDialect.Since0_7_0
        : version.IsAtLeast(5, 3) ? TomlDialect.Since0_5_3
        : TomlDialect.Since0_5_0;
}
