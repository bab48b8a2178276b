using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using StalwartHardening.Generations;
using StalwartHardening.Plans;
using StalwartHardening.Rules;
using StalwartHardening.Rules.Reading;
using StalwartHardening.Server;
using StalwartHardening.Server.Listeners;
using StalwartHardening.Settings;

namespace StalwartHardening.Analyzers.Literals;

/// <summary>A Stalwart configuration that a program holds as text: TOML, or a plan.</summary>
/// <param name="Whole">The literal, or the concatenation of several.</param>
/// <param name="Text">The text, and which characters of the source each part of it was written with.</param>
/// <param name="Server">The server it configures.</param>
/// <param name="IsPart">Whether it is a single operation, and the rest of the plan is somewhere else.</param>
internal sealed record ConfigurationLiteral(ExpressionSyntax Whole, LiteralText Text, ServerConfiguration Server, bool IsPart = false)
{
    /// <summary>The whole text that <paramref name="literal"/> begins, if there may be settings or operations in it. Most literals of a program end here, before anybody asks what they mean.</summary>
    public static ExpressionSyntax? Candidate(ExpressionSyntax literal) =>
        LiteralReader.WholeBegunBy(literal) is { } whole && (TomlLiteralScreen.MayHoldSettings(whole) || PlanLiteralScreen.MayHoldOperations(whole)) ? whole : null;

    /// <summary>Reads a candidate; null where it is none of Stalwart's.</summary>
    public static ConfigurationLiteral? Read(ExpressionSyntax whole, SemanticModel model, HardeningOptions options, CancellationToken cancellationToken)
    {
        var text = LiteralReader.Read(whole, model, cancellationToken);
        return ConfigurationReader.PlanIn(LiteralPlan.Fill(text), cancellationToken) is { } plan
            ? ReadPlan(whole, text, plan, model, options.Judgement.Target, cancellationToken)
            : ReadToml(whole, text, model, options.Judgement.TargetVersion, cancellationToken);
    }

    /// <summary>Reads an operation that a program puts together as an object; null where it is no operation beyond doubt.</summary>
    /// <param name="creation">The object.</param>
    /// <param name="text">The JSON that it is written as.</param>
    /// <param name="target">The server that plans are for.</param>
    /// <param name="cancellationToken">Ends the work early, with an <see cref="OperationCanceledException"/>.</param>
    public static ConfigurationLiteral? OfOperation(ExpressionSyntax creation, LiteralText text, ReadingTarget target, CancellationToken cancellationToken) =>
        ConfigurationReader.PlanIn(LiteralPlan.Fill(text), cancellationToken) is { } plan && PlanIdentification.CountCertainOperations(plan) == 1
            ? new ConfigurationLiteral(creation, text, ConfigurationReader.Read(plan, target with { State = ServerState.Existing }, cancellationToken), IsPart: true)
            : null;

    /// <summary>Whether a finding about a text is reported.</summary>
    public bool IsReported(Finding finding) =>
        // What is wrong with an option is said once, with the files; a program may hold many texts.
        finding.Rule is not InvalidOption
        // How a plan is applied the rest of it says.
        && !(IsPart && finding.Subject is Surprise { IsAdvice: true });

    /// <summary>The server that a text certainly is, whatever anybody says about it; null where it is none.</summary>
    /// <param name="text">The text.</param>
    /// <param name="target">The server it is for.</param>
    /// <param name="isPart">Whether it is a single operation of a plan.</param>
    /// <param name="cancellationToken">Ends the work early, with an <see cref="OperationCanceledException"/>.</param>
    public static ServerConfiguration? Certain(LiteralText text, ReadingTarget target, out bool isPart, CancellationToken cancellationToken)
    {
        isPart = false;
        if (ConfigurationReader.PlanIn(LiteralPlan.Fill(text), cancellationToken) is { } plan)
        {
            var operations = PlanIdentification.CountCertainOperations(plan);
            isPart = operations == 1;
            return operations == 0 ? null : ConfigurationReader.Read(plan, isPart ? target with { State = ServerState.Existing } : target, cancellationToken);
        }

        var document = LiteralDocument.Read(text, ConfigurationReader.TomlVersion(target.Version), cancellationToken);
        return StalwartSignature.LooksLikeStalwart(document) && HoldsListener(document) ? ConfigurationReader.Read(document, target) : null;
    }

    private static ConfigurationLiteral? ReadPlan(ExpressionSyntax whole, LiteralText text, PlanText plan, SemanticModel model, ReadingTarget target, CancellationToken cancellationToken)
    {
        var operations = PlanIdentification.CountCertainOperations(plan);
        var isSaid = TextMarks.Json.Of(whole, model, cancellationToken) != TextMark.None;
        if (operations == 0 && !isSaid)
            return null;
        // What else runs is in other texts, and what it leaves as it was they say.
        var isPart = operations == 1 && !isSaid;
        var server = ConfigurationReader.Read(plan, isPart || plan.HasTemplateStatements ? target with { State = ServerState.Existing } : target, cancellationToken);
        // An operation that the program fills in may change whatever the others leave alone.
        if (!isPart && server.Document.Origin is PlanReading reading && reading.Run.Operations.Any(static operation => !operation.IsSound && operation.Json.HoldsPlaceholder(operation.Node)))
            server = ConfigurationReader.Read(plan, target with { State = ServerState.Existing }, cancellationToken);
        return new ConfigurationLiteral(whole, text, server, isPart);
    }

    private static ConfigurationLiteral? ReadToml(ExpressionSyntax whole, LiteralText text, SemanticModel model, ServerVersion version, CancellationToken cancellationToken)
    {
        var document = LiteralDocument.Read(text, ConfigurationReader.TomlVersion(version), cancellationToken);
        // What a text looks like costs less to find out than what the program says about it.
        var isStalwart = StalwartSignature.LooksLikeStalwart(document);
        if (!isStalwart && !TextMarks.MayBeLoaded(whole))
            return null;
        var mark = TextMarks.Toml.Of(whole, model, cancellationToken);
        // What it becomes a part of is judged.
        if (mark == TextMark.Loader && LayerUse.IsAllOf(whole, model, cancellationToken))
            return null;
        return mark == TextMark.Loader || (isStalwart && (mark == TextMark.Said || HoldsListener(document)))
            ? new ConfigurationLiteral(whole, text, ConfigurationReader.Read(document, new ReadingTarget(version)))
            : null;
    }

    // A listener with its protocol and an address is a mail server's, whatever the program says about the text.
    private static bool HoldsListener(SettingsDocument document)
    {
        foreach (ref readonly var setting in document.Below(Listener.Family))
        {
            if (SettingPath.OwnerOf(setting.Key, "protocol") is { } listener && SettingPath.Join(listener, "bind") is var addresses && (document.TryGet(addresses, out _) || document.Below(addresses).Count > 0))
                return true;
        }

        return false;
    }
}
