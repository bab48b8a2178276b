using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Generations;

/// <summary>Servers from 0.5 to 0.15: settings in TOML, with more of them in the server's database.</summary>
internal sealed class SettingsGeneration : Generation
{
    private SettingsGeneration()
    {
    }

    /// <summary>The only instance.</summary>
    public static SettingsGeneration Instance { get; } = new();

    /// <inheritdoc/>
    public override ServerVersion Oldest => new(5, 0);

    /// <inheritdoc/>
    public override ServerVersion Newest => ServerVersion.Newest;

    /// <inheritdoc/>
    public override ISettingsSyntax FileSyntax(ServerVersion version) => new TomlFileSyntax(version);

    /// <inheritdoc/>
    public override ServerConfiguration Read(SettingsDocument document, ServerVersion version) => new SettingsServer(document, version, FeaturesOf(version));

    /// <inheritdoc/>
    public override bool LooksLikeStalwart(SettingsDocument document) => StalwartSignature.LooksLikeStalwart(document);

    /// <inheritdoc/>
    public override string? FindWhyNoConfiguration(SettingsDocument document)
    {
        if (document is { Count: 0, Problems.Count: 0 })
            return null;
        foreach (ref readonly var setting in document.InTextOrder)
        {
            if (SettingNames.Known.Find(setting.Key).Name is not null)
                return null;
        }

        return "it holds no setting that the server knows";
    }

    /// <inheritdoc/>
    public override bool IsSecret(string key) => SecretKeys.IsSecret(key);

    /// <inheritdoc/>
    public override string MaskSecret(string key, string value) => SecretKeys.Mask(key, value);

    /// <inheritdoc/>
    public override ServerFeatures FeaturesOf(ServerVersion version)
    {
        var since7 = version.IsAtLeast(7);
        return new ServerFeatures
        {
            // listener.rs: 0.7.0 turned the defaults of TLS round and stopped reading the server-wide keys.
            OffersTlsByDefault = since7,
            StopsAtListenerErrors = !since7,
            ReadsServerWideTls = !since7,
            // listener.rs: until 0.6 the key was a set of the server's; until 0.9.1 a single network at a listener was ignored.
            ReadsProxyNetworks = since7,
            ReadsSingleProxyNetwork = version.IsAtLeast(9, 2),
            HasPop3 = version.IsAtLeast(8, 1),
            HasHttpsProtocolName = since7,
            HasJmapProtocolName = !since7,
            HasWebDav = version.IsAtLeast(12),
            HasJmapCollaboration = version.IsAtLeast(14),
            HasHsts = version.IsAtLeast(8, 1),
            // request.rs, 0.9.4
            ExemptsLoopback = version.IsAtLeast(9, 4),
            // expr/functions, 0.11.0
            HasIfThen = version.IsAtLeast(11),
            TakesPasswordsByDefault = since7,
            AccountClassName = since7 ? "class" : "type",
            // secret.rs: any of several until 0.13, the last one in key order since; until 0.11.6 an empty secret was an empty password.
            ChecksOnlyTheLastSecret = version.IsAtLeast(14),
            RefusesEmptySecrets = version.IsAtLeast(11, 7),
            // config/parser.rs, 0.6.0; config/mod.rs and boot.rs, 0.8.0
            HasBareEnvironmentMacros = !since7,
            HasMacroTable = !since7,
            // config/if_block.rs, 0.6.0
            HasExpressions = version.IsAtLeast(6),
            HasFileUrls = !since7,
            ReplacesAnyMacro = !since7,
            BindsBeforeLateMacros = version.IsAtLeast(8),
            KeepsSettingsInDatabase = true,
        };
    }
}
