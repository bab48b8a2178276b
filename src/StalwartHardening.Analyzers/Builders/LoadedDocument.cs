using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using StalwartHardening.Analyzers.Literals;
using StalwartHardening.Generations;
using StalwartHardening.Plans;
using StalwartHardening.Rules;
using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Analyzers.Builders;

/// <summary>A text that the program puts together and reads, or writes, as a server: what is in it, and the way back to where that was written.</summary>
internal sealed class LoadedDocument
{
    private readonly KnownValue _text;
    private readonly LoadedText _loaded;
    private readonly ProgramModels _models;
    private readonly CancellationToken _cancellationToken;

    private readonly bool _isPart;

    private LoadedDocument(KnownValue text, LoadedText loaded, ProgramModels models, CancellationToken cancellationToken)
    {
        _text = text;
        _loaded = loaded;
        _models = models;
        _cancellationToken = cancellationToken;
    }

    private LoadedDocument(KnownValue text, LoadedText loaded, ProgramModels models, ReadingTarget target, CancellationToken cancellationToken)
        : this(text, loaded, models, cancellationToken)
    {
        var literal = Literal((string)text.Content!);
        if (!loaded.IsRead && ConfigurationReader.PlanIn(LiteralPlan.Fill(literal), cancellationToken) is { } plan && PlanIdentification.CountCertainOperations(plan) is > 0 and var operations)
        {
            // One operation is a part of a plan, as it is in a literal.
            _isPart = operations == 1;
            Server = ConfigurationReader.Read(plan, _isPart || plan.HasTemplateStatements ? target with { State = ServerState.Existing } : target, cancellationToken);
            LooksLikeStalwart = true;
            return;
        }

        var document = LiteralDocument.Read(literal, ConfigurationReader.TomlVersion(target.Version), cancellationToken);
        LooksLikeStalwart = StalwartSignature.LooksLikeStalwart(document);
        Server = ConfigurationReader.Read(document, target);
    }

    /// <summary>The server that it is; the places of its settings are offsets in the text.</summary>
    public ServerConfiguration Server { get; } = null!;

    /// <summary>Whether it certainly is a mail server's.</summary>
    public bool LooksLikeStalwart { get; }

    /// <summary>Whether a finding about it is reported: how a plan is applied the rest of it says.</summary>
    public bool IsReported(Finding finding) => !(_isPart && finding.Subject is Surprise { IsAdvice: true });

    /// <summary>Reads a text; null where nothing of it is known.</summary>
    public static LoadedDocument? Read(LoadedText loaded, ProgramModels models, ReadingTarget target, CancellationToken cancellationToken) =>
        loaded.Text is { Content: string { Length: > 1 } } text ? new LoadedDocument(text, loaded, models, target, cancellationToken) : null;

    /// <summary>The settings that are in a text, at the places where they were written; null where it is not known, or the server refuses it.</summary>
    public static IEnumerable<Setting>? SettingsIn(LoadedText loaded, ProgramModels models, SourceMap sources, CancellationToken cancellationToken)
    {
        if (loaded.Text is not { Content: string { Length: > 1 } content } text)
            return null;
        var document = LiteralDocument.Read(Literal(content), ServerVersion.Newest, cancellationToken);
        if (document.Problems.Count > 0)
            return null;
        var places = new LoadedDocument(text, loaded, models, cancellationToken);
        var settings = new List<Setting>(document.Count);
        foreach (ref readonly var setting in document.InTextOrder)
            settings.Add(setting with { KeySpan = SpanOf(setting.KeySpan), ValueSpan = SpanOf(setting.ValueSpan) });
        return settings;

        SourceSpan SpanOf(SourceSpan span) => places.Locate(span) is { SourceTree: { } tree, SourceSpan: var place } ? sources.SpanOf(tree, place) : loaded.Span;
    }

    /// <summary>Where a stretch of the text was written; the place that it is handed over where it was not written in one place.</summary>
    public Location Locate(SourceSpan span) => Locate(_text, span.Start, Math.Max(span.Length, 1), 0) ?? _loaded.Syntax.GetLocation();

    /// <summary>The literals that the text was put together from.</summary>
    public IEnumerable<ExpressionSyntax> Literals => LiteralsOf(_text, 0).Concat(_loaded.Syntax is ExpressionSyntax whole && LiteralReader.IsLiteral(whole) ? [whole] : []).Distinct();

    private static IEnumerable<ExpressionSyntax> LiteralsOf(KnownValue text, int depth)
    {
        foreach (var part in depth < 32 ? text.Parts ?? [] : [])
        {
            if (part.Syntax?.AncestorsAndSelf().OfType<ExpressionSyntax>().FirstOrDefault(LiteralReader.IsLiteral) is { } literal && (part.Syntax == literal || literal is InterpolatedStringExpressionSyntax))
                yield return literal;
            foreach (var inner in part.Whole is { } whole ? LiteralsOf(whole, depth + 1) : [])
                yield return inner;
        }
    }

    private Location? Locate(KnownValue text, int start, int length, int depth)
    {
        if (depth > 32 || text.Parts is not { } parts)
            return null;
        var offset = 0;
        foreach (var part in parts)
        {
            if (start < offset + part.Text.Length)
            {
                var within = start - offset;
                var own = Math.Min(length, part.Text.Length - within);
                return (part.Whole is { } whole ? Locate(whole, part.Start + within, own, depth + 1) : null)
                    ?? (part.Syntax is { } syntax ? Locate(syntax, part.Text, within, own) : null);
            }

            offset += part.Text.Length;
        }

        return null;
    }

    private Location Locate(SyntaxNode syntax, string text, int start, int length)
    {
        if (syntax is ExpressionSyntax expression && LiteralReader.IsLiteral(expression))
        {
            var literal = LiteralReader.Read(expression, _models.Of(syntax.SyntaxTree), _cancellationToken);
            if (literal.Value == text)
                return Location.Create(syntax.SyntaxTree, literal.Locate(new SourceSpan(start, length)));
        }

        return syntax.GetLocation();
    }

    // Only the holes matter to the reader of literals.
    private static LiteralText Literal(string text)
    {
        var pieces = new List<LiteralPiece>();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == Setting.UnknownPart)
                pieces.Add(new LiteralPiece(i, 1, default, LiteralPieceKind.Unknown));
        }

        return new LiteralText(text, pieces);
    }
}
