using StalwartHardening.Plans;
using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Generations;

/// <summary>Servers from 0.16 on: JSON objects in the server's database, written by plans and shown by snapshots.</summary>
internal sealed class PlanGeneration : Generation
{
    private PlanGeneration()
    {
    }

    /// <summary>The only instance.</summary>
    public static PlanGeneration Instance { get; } = new();

    /// <inheritdoc/>
    public override ServerVersion Oldest => new(16, 0);

    /// <inheritdoc/>
    public override ServerVersion Newest => new(16, ServerVersion.AnyPatch);

    /// <inheritdoc/>
    public override ISettingsSyntax FileSyntax(ServerVersion version) => new PlanFileSyntax(new ReadingTarget(version));

    /// <inheritdoc/>
    public override ServerConfiguration Read(SettingsDocument document, ServerVersion version) =>
        new PlanServer(document, document.Origin as PlanReading ?? PlanReading.Read("", new PlanRunOptions()), version, FeaturesOf(version));

    /// <summary>Reads a plan and runs it on the server that it is for: where nobody says which, on one that exists if the plan names ids that only a server gives.</summary>
    /// <param name="text">The plan.</param>
    /// <param name="target">The server that it is for.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static PlanReading ReadPlan(string text, ReadingTarget target, CancellationToken cancellationToken = default) =>
        ConfigurationReader.ReadPlan(PlanText.Read(text, 0, cancellationToken), target, cancellationToken);

    /// <summary>How a plan is run for <paramref name="target"/>.</summary>
    internal static PlanRunOptions OptionsFor(ReadingTarget target) => new()
    {
        Server = target.State switch
        {
            ServerState.Existing => PlanServerState.Existing,
            ServerState.RecoveryFirst => PlanServerState.RecoveryFirst,
            _ => PlanServerState.Fresh,
        },
        ServerPatch = Instance.Reads(target.Version) ? target.Version.Patch : ServerVersion.AnyPatch,
        ToolPatch = target.ToolPatch,
        ContinuesOnError = target.ContinuesOnError,
        Restarts = target.Restarts,
        IsJoined = target.IsJoined,
        FindExpressionError = written => PlanExpressions.FindError(written, Instance.Reads(target.Version) ? target.Version.Patch : ServerVersion.AnyPatch),
    };

    // What a plan leaves behind is judged as the server has it: 0.16 reads no macros, and every switch of 0.15.5 is there.
    /// <inheritdoc/>
    public override ServerFeatures FeaturesOf(ServerVersion version) => new()
    {
        OffersTlsByDefault = true,
        ReadsProxyNetworks = true,
        ReadsSingleProxyNetwork = true,
        HasPop3 = true,
        HasWebDav = true,
        HasJmapCollaboration = true,
        HasHsts = true,
        ExemptsLoopback = true,
        HasIfThen = true,
        TakesPasswordsByDefault = true,
        RefusesEmptySecrets = true,
        HasNoMacros = true,
    };

    /// <inheritdoc/>
    public override bool LooksLikeStalwart(SettingsDocument document) => document.Origin is PlanReading { Kind: not PlanTextKind.NotOurs };

    /// <inheritdoc/>
    public override string? FindWhyNoConfiguration(SettingsDocument document) => document.Origin is PlanReading { Kind: PlanTextKind.NotOurs } ? "it holds no operation" : null;

    /// <inheritdoc/>
    public override bool IsSecret(string key) => PlanSecrets.IsSecret(key);

    /// <inheritdoc/>
    public override string MaskSecret(string key, string value) => value.Length > 0 && IsSecret(key) ? SecretKeys.Placeholder : SecretText.Mask(value);
}
