using Microsoft.CodeAnalysis.Diagnostics;
using StalwartHardening.Settings;

namespace StalwartHardening.Analyzers.AdditionalFiles;

/// <summary>
/// One reader for each dialect the server has had. The compiler keeps what each of them made of a text, so that a
/// text is read once however many analyzers, options or projects ask.
/// </summary>
internal static class DialectReaders
{
    // The newest version of each dialect (config/parser.rs changed in 0.5.3, 0.7.0 and 0.13.1).
    private static readonly AdditionalTextValueProvider<ConfigurationText?> Until052 = Create(new ServerVersion(5, 2));
    private static readonly AdditionalTextValueProvider<ConfigurationText?> Until060 = Create(new ServerVersion(6, 0));
    private static readonly AdditionalTextValueProvider<ConfigurationText?> Until0130 = Create(new ServerVersion(13, 0));
    private static readonly AdditionalTextValueProvider<ConfigurationText?> Newest = Create(ServerVersion.Newest);

    /// <summary>The reader for the dialect of <paramref name="version"/>.</summary>
    public static AdditionalTextValueProvider<ConfigurationText?> For(ServerVersion version)
    {
        if (version.IsAtLeast(13, 1))
            return Newest;
        if (version.IsAtLeast(7))
            return Until0130;
        return version.IsAtLeast(5, 3) ? Until060 : Until052;
    }

    private static AdditionalTextValueProvider<ConfigurationText?> Create(ServerVersion version) =>
        new(file => ConfigurationText.Read(file, version));
}
