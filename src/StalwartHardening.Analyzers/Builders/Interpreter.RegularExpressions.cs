using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;

namespace StalwartHardening.Analyzers.Builders;

// What regular expressions that are constants find in texts that are. Only by the engine whose time is linear: where the host has none, or it does not take the expression, nobody knows.
internal sealed partial class Interpreter
{
    private const RegexOptions Linear = (RegexOptions)0x400;
    private const int MaxPatternLength = 400;
    private const int MaxSearchedLength = 20_000;

    private static bool IsOfExpressions(ITypeSymbol type) => type.ContainingNamespace is { Name: "RegularExpressions", ContainingNamespace.Name: "Text" };

    // A partial method or property that the compiler's generator writes.
    private Located? Generated(ISymbol member, ITypeSymbol? type) =>
        type is { Name: "Regex" } && IsOfExpressions(type) && member.GetAttributes().FirstOrDefault(static attribute => attribute is { AttributeClass.Name: "GeneratedRegexAttribute", ConstructorArguments: [{ Value: string }, ..] }) is { } mark
            ? Located.Of(ExpressionOf((string)mark.ConstructorArguments[0].Value!, mark.ConstructorArguments.Length > 1 && mark.ConstructorArguments[1].Value is int options ? (RegexOptions)options : RegexOptions.None))
            : null;

    private Value ExpressionOf(string pattern, RegexOptions options)
    {
        if (pattern.Length > MaxPatternLength || !budget.Spend(pattern.Length))
            return Value.Unknown;
        try
        {
            return new ExpressionValue(new Regex(pattern, (options & ~RegexOptions.Compiled) | Linear | RegexOptions.CultureInvariant));
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            return Value.Unknown;
        }
    }

    private Located? InvokeExpression(IMethodSymbol method, Located receiver, List<Located> arguments)
    {
        if (receiver.Value is MatchValue match)
            return method.Name == "NextMatch" && match.Found is Match current ? Located.Of(new MatchValue(match.Whole, current.NextMatch())) : method.Name == "ToString" ? match.Text : null;
        if (method.Name is "Escape" or "Unescape" && arguments is [{ Value: KnownValue { Text: { } literal } }])
            return method.Name == "Escape" ? Located.Of(new KnownValue(Regex.Escape(literal))) : null;
        var expression = receiver.Value as ExpressionValue;
        if (method.IsStatic && arguments is [_, { Value: KnownValue { Text: { } pattern } }, ..])
        {
            expression = ExpressionOf(pattern, arguments.Find(static argument => argument.Value is EnumValue).Value is EnumValue options ? (RegexOptions)options.Number : RegexOptions.None) as ExpressionValue;
            arguments = [arguments[0], .. arguments.Skip(2)];
        }

        if (expression is null || arguments.Count == 0 || arguments[0].Value is not KnownValue { Text: { } text } whole || text.Length > MaxSearchedLength || !budget.Spend(1 + (text.Length >> 2)))
            return null;
        if (arguments.Count > 1 && arguments[1].Value is KnownValue { Content: int })
            return null;
        var regex = expression.Expression;
        switch (method.Name)
        {
            case "IsMatch":
                return Located.Of(Value.Of(regex.IsMatch(text)));
            case "Count":
                return At(regex.Matches(text).Count);
            case "Match":
                return Located.Of(new MatchValue(whole, regex.Match(text)));
            case "Matches":
                return Located.Of(new ListValue([.. regex.Matches(text).Cast<Match>().Select(found => Located.Of(new MatchValue(whole, found)))]));
            case "Split":
                return Located.Of(new ListValue([.. regex.Split(text).Select(static part => Located.Of(new KnownValue(part)))]));
            case "Replace" when arguments.Count > 1 && arguments[1].Value is KnownValue { Text: { } replacement }:
                var isPlain = replacement.IndexOf('$') < 0;
                return isPlain || replacement.Length <= MaxPatternLength
                    ? Located.Of(ReplacedBy(whole, text, regex, found => new TextPart(isPlain ? replacement : found.Result(replacement), null, 0, null)))
                    : null;
            case "Replace" when arguments.Count > 1 && arguments[1].Value is FunctionValue make:
                return Located.Of(ReplacedBy(whole, text, regex, found => PartOf(Call(make, [Located.Of(new MatchValue(whole, found))]).Value, null)));
            default:
                return null;
        }
    }

    private KnownValue ReplacedBy(KnownValue whole, string text, Regex regex, Func<Match, TextPart> make)
    {
        var parts = new List<TextPart>();
        var (start, length) = (0, 0);
        foreach (var found in regex.Matches(text).Cast<Match>())
        {
            parts.Add(new TextPart(text.Substring(start, found.Index - start), whole, start, null));
            parts.Add(make(found));
            start = found.Index + found.Length;
            // A part of a text can be the whole of it, as often as it is found.
            length += parts[parts.Count - 1].Text.Length;
            if (length > MaxTextLength)
                return new KnownValue(Hole);
        }

        parts.Add(new TextPart(text.Substring(start), whole, start, null));
        return TextOf(parts);
    }

    private static Located? ReadMatch(IPropertySymbol property, MatchValue match) => property.Name switch
    {
        "Success" => Located.Of(Value.Of(match.Found.Success)),
        "Value" or "ValueSpan" => match.Text,
        "Index" => At(match.Found.Index),
        "Length" => At(match.Found.Length),
        "Groups" when match.Found is Match found => Located.Of(new GroupsValue(match.Whole, found)),
        "Captures" => Located.Of(new ListValue([.. match.Found.Captures.Cast<Capture>().Select(capture => Located.Of(Slice(match.Whole, capture.Index, capture.Length)))])),
        _ => null,
    };

    private static Located? GroupAt(GroupsValue groups, Value index) => index switch
    {
        KnownValue { Content: int number } => Located.Of(new MatchValue(groups.Whole, groups.Found.Groups[number])),
        KnownValue { Text: { } name } => Located.Of(new MatchValue(groups.Whole, groups.Found.Groups[name])),
        _ => null,
    };

    private static ListValue GroupsOf(GroupsValue groups) => new([.. groups.Found.Groups.Cast<Group>().Select(group => Located.Of(new MatchValue(groups.Whole, group)))]);
}

/// <summary>A regular expression.</summary>
internal sealed class ExpressionValue(Regex expression) : Value
{
    public Regex Expression { get; } = expression;
}

/// <summary>What a regular expression, or a group of it, has found in a text.</summary>
internal sealed class MatchValue(KnownValue whole, Group found) : Value
{
    public KnownValue Whole { get; } = whole;

    public Group Found { get; } = found;

    /// <summary>The part of the text; empty where nothing was found.</summary>
    public Located Text => Located.Of(Found.Success ? new KnownValue(Found.Value) { Parts = [new TextPart(Found.Value, Whole, Found.Index, null)] } : new KnownValue(""));
}

/// <summary>The groups of a match.</summary>
internal sealed class GroupsValue(KnownValue whole, Match found) : Value
{
    public KnownValue Whole { get; } = whole;

    public Match Found { get; } = found;
}
