using Microsoft.CodeAnalysis;
using StalwartHardening.Analyzers.CodeFixes.Builders;
using StalwartHardening.Analyzers.Literals;
using StalwartHardening.Fixing;
using StalwartHardening.Generations;
using StalwartHardening.Plans;
using StalwartHardening.Remedies;
using StalwartHardening.Rules;
using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Analyzers.CodeFixes.Literals;

/// <summary>A configuration in a literal with what the rules find about it.</summary>
internal sealed class JudgedLiteral
{
    private readonly ConfigurationLiteral _literal;
    private readonly SemanticModel _model;
    private readonly JudgementOptions _options;
    private readonly char[] _standIns = [];
    private readonly ISettingsSyntax _syntax;

    private JudgedLiteral(ConfigurationLiteral literal, SemanticModel model, JudgementOptions options, CancellationToken cancellationToken)
    {
        _literal = literal;
        _model = model;
        _options = options;
        if (literal.Server.IsPlan)
        {
            Server = literal.Server;
            _syntax = ConfigurationReader.SyntaxOf(Server);
        }
        else
        {
            (var filled, _standIns) = LiteralDocument.Fill(literal.Text);
            Server = Generation.ReadServer(LiteralDocument.ReadFilled(filled, _standIns, options.TargetVersion, cancellationToken), options.TargetVersion);
            _syntax = new FilledLiteralSyntax(_standIns, options.TargetVersion);
        }

        Findings = [.. ConfigurationJudge.Judge(Server, options, cancellationToken).Where(literal.IsReported)];
    }

    /// <summary>The server, as the text with a letter in place of each hole has it.</summary>
    public ServerConfiguration Server { get; }

    /// <summary>What the rules find.</summary>
    public IReadOnlyList<Finding> Findings { get; }

    /// <summary>Reads and judges the text of an expression; null where it is none of Stalwart's.</summary>
    public static JudgedLiteral? Read(Microsoft.CodeAnalysis.CSharp.Syntax.ExpressionSyntax whole, SemanticModel model, HardeningOptions options, CancellationToken cancellationToken) =>
        ConfigurationLiteral.Read(whole, model, options, cancellationToken) is { } literal ? new JudgedLiteral(literal, model, options.Judgement, cancellationToken) : null;

    /// <summary>The finding that a diagnostic reports.</summary>
    public Finding? FindingOf(Diagnostic diagnostic)
    {
        foreach (var finding in Findings)
        {
            if (finding.Rule.Id == diagnostic.Id
                && _literal.Text.Locate(finding.Span) == diagnostic.Location.SourceSpan
                && diagnostic.Properties.TryGetValue(FindingDiagnostic.SettingKeyProperty, out var key)
                && key == finding.SettingKey)
                return finding;
        }

        return null;
    }

    /// <summary>The source after a remedy; null where it cannot be written or does not help.</summary>
    public EditedLiteral? Fix(Finding finding, Remedy remedy, CancellationToken cancellationToken)
    {
        if (UnknownValues.Concern(Server.Document, remedy))
            return null;
        var changes = RemedyApplication.Apply(Server, _options, finding, remedy, _syntax, cancellationToken);
        // A hole is filled by the program at its place and cannot be written again at another.
        return changes is null || changes.Any(change => change.Replacement.IndexOfAny(_standIns) >= 0 || change.Replacement.Any(TemplatePlaceholder.IsHole))
            ? null
            : LiteralEditor.Edit(_model, _literal.Whole, _literal.Text, changes, cancellationToken);
    }

    /// <summary>The source after one action for all findings that are not <paramref name="silenced"/>; null where nothing is done.</summary>
    public EditedLiteral? FixAll(string equivalenceKey, HashSet<FindingName> silenced, HardeningOptions options, CancellationToken cancellationToken)
    {
        EditedLiteral? result = null;
        var current = this;
        var loop = new FixLoop<EditedLiteral>(Findings.Count, () => current.Findings.Where(finding => !silenced.Contains(NameOf(finding))).Select(finding => new FixCandidate<EditedLiteral>(NameOf(finding), current.Attempts(finding, equivalenceKey, cancellationToken))));
        while (loop.Next() is { } edited)
        {
            if (Read(edited.Whole, edited.Model, options, cancellationToken) is not { } next)
                break;
            (result, current) = (edited, next);
            loop.Take();
        }

        return result;
    }

    /// <summary>What tells a finding from others before and after a change elsewhere.</summary>
    public static FindingName NameOf(Finding finding) => new(finding.Rule.Id, finding.SettingKey, finding.Message);

    private IEnumerable<EditedLiteral> Attempts(Finding finding, string equivalenceKey, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (RemedyChoices.Named(equivalenceKey)(finding, finding.Remedies(Server)) is { } remedy && Fix(finding, remedy, cancellationToken) is { } edited)
            yield return edited;
    }
}
