using StalwartHardening.Plans;
using StalwartHardening.Server;
using StalwartHardening.Settings;
using StalwartHardening.Toml;

namespace StalwartHardening.Generations;

/// <summary>Reads a configuration in the generation that it is written in, which its content says and never the name of its file.</summary>
internal static class ConfigurationReader
{
    /// <summary>The server that <paramref name="text"/> configures: TOML, a plan, a snapshot, or the <c>config.json</c> of a data store.</summary>
    /// <param name="text">The text; several plans in it where <see cref="ReadingTarget.IsJoined"/> says so.</param>
    /// <param name="target">The server it is for.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static ServerConfiguration Read(string text, ReadingTarget target, CancellationToken cancellationToken = default) =>
        TryReadPlan(text, target, cancellationToken) is { } plan ? PlanGeneration.Instance.Read(plan.Document, plan.Document.Version) : ReadSettings(text, target, cancellationToken);

    // JSON that is broken, or says nothing that we know, is no TOML for that: it is answered as what it tries to be.
    private static PlanText? JsonIn(string text, CancellationToken cancellationToken) =>
        PlanIn(text, cancellationToken) ?? (PlanIdentification.TriesToBeJson(text) ? PlanText.Read(text, 0, cancellationToken) : null);

    /// <summary>The server that a plan leaves behind.</summary>
    /// <param name="plan">The plan, from <see cref="PlanIn"/>.</param>
    /// <param name="target">The server it is for.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static ServerConfiguration Read(PlanText plan, ReadingTarget target, CancellationToken cancellationToken = default)
    {
        var reading = ReadPlan(plan, target, cancellationToken);
        return PlanGeneration.Instance.Read(reading.Document, reading.Document.Version);
    }

    /// <summary>The plan, snapshot or data store that <paramref name="text"/> is, whatever server it is for; null where it is none.</summary>
    public static PlanText? PlanIn(string text, CancellationToken cancellationToken = default) =>
        PlanIdentification.MayBePlan(text) && PlanText.Read(text, 0, cancellationToken) is var plan && PlanIdentification.Of(plan) != PlanTextKind.NotOurs ? plan : null;

    /// <summary>The server that TOML configures that has been read.</summary>
    public static ServerConfiguration Read(SettingsDocument toml, ReadingTarget target)
    {
        var generation = SettingsGeneration.Instance;
        if (generation.Reads(target.Version))
            return generation.Read(toml, target.Version);
        return generation.Read(toml with { Origin = new UnreadGeneration(target.Version) }, generation.Newest);
    }

    /// <summary>The version in whose dialect TOML is read for a target: where that reads none, the newest that does.</summary>
    public static ServerVersion TomlVersion(ServerVersion target) =>
        SettingsGeneration.Instance.Reads(target) ? target : SettingsGeneration.Instance.Newest;

    /// <summary>
    /// The server that <paramref name="text"/> leaves behind as a plan, although nothing in it may say that it is one: an empty text,
    /// lines that are no operation. Null where it is certainly none.
    /// </summary>
    public static ServerConfiguration? ReadAsPlan(string text, ReadingTarget target, CancellationToken cancellationToken = default)
    {
        if (!target.IsJoined && !PlanIdentification.BeginsWithValue(text))
            return null;
        var plan = ReadPlans(target.IsJoined ? PlanText.ReadJoined(text, cancellationToken) : [PlanText.Read(text, 0, cancellationToken)], target, cancellationToken);
        return PlanGeneration.Instance.Read(plan.Document, plan.Document.Version);
    }

    /// <summary>The settings in <paramref name="text"/>, in its generation's own names.</summary>
    public static SettingsDocument ReadDocument(string text, ReadingTarget target, CancellationToken cancellationToken = default) =>
        Read(text, target, cancellationToken).Document;

    /// <summary>How <paramref name="text"/> is written, which its content says.</summary>
    public static ISettingsSyntax SyntaxOf(string text, ReadingTarget target, CancellationToken cancellationToken = default) =>
        TryReadPlan(text, target, cancellationToken) is { } plan ? SyntaxOf(plan)
        : new TomlFileSyntax(TomlVersion(target.Version));

    /// <summary>How the text is written that <paramref name="server"/> was read from.</summary>
    public static ISettingsSyntax SyntaxOf(ServerConfiguration server) =>
        server.Document.Origin is PlanReading plan ? SyntaxOf(plan) : Generation.For(server.Document.Version).FileSyntax(server.Version);

    // A plan that is changed is still for the same server, whatever it now refers to.
    private static PlanFileSyntax SyntaxOf(PlanReading plan) => new(plan.Run.Options);

    private static PlanReading? TryReadPlan(string text, ReadingTarget target, CancellationToken cancellationToken) =>
        target.IsJoined ? ReadPlans(PlanText.ReadJoined(text, cancellationToken), target, cancellationToken)
        : JsonIn(text, cancellationToken) is { } plan ? ReadPlan(plan, target, cancellationToken)
        : null;

    /// <summary>Runs a plan on the server that it is for.</summary>
    internal static PlanReading ReadPlan(PlanText plan, ReadingTarget target, CancellationToken cancellationToken) => ReadPlans([plan], target, cancellationToken);

    private static PlanReading ReadPlans(IReadOnlyList<PlanText> plans, ReadingTarget target, CancellationToken cancellationToken)
    {
        var reading = PlanReading.Read(plans, PlanGeneration.OptionsFor(target), cancellationToken);
        return target.State is null && (RefersToExistingObjects(reading) || SaysNothing(reading))
            ? PlanReading.Read(plans, PlanGeneration.OptionsFor(target with { State = ServerState.Existing }), cancellationToken)
            : reading;
    }

    // Where not one operation can be read, nothing is known of the server either.
    private static bool SaysNothing(PlanReading reading) => reading.Kind == PlanTextKind.NotOurs && reading.Texts.Any(static text => text.Problems.Count + text.Lines.Count > 0);

    // Server ids in a plan (not "#id") were read off a server: it is no fresh one that the plan is for.
    private static bool RefersToExistingObjects(PlanReading reading)
    {
        if (reading.Kind != PlanTextKind.Plan)
            return false;
        foreach (var problem in reading.Run.Problems)
        {
            if (problem is { Stage: PlanStage.Apply, Kind: PlanProblemKind.InvalidForeignKey or PlanProblemKind.NotFound or PlanProblemKind.NotUpdated, IsReached: true }
                && string.CompareOrdinal(reading.Texts[0].Text, problem.Span.Start, "\"#", 0, 2) != 0)
            {
                return true;
            }
        }

        return false;
    }

    private static ServerConfiguration ReadSettings(string text, ReadingTarget target, CancellationToken cancellationToken) =>
        Read(new TomlFileSyntax(TomlVersion(target.Version)).Read(text, cancellationToken), target);
}
