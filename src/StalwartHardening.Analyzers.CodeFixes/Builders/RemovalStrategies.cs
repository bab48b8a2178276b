using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using StalwartHardening.Analyzers.Builders;

namespace StalwartHardening.Analyzers.CodeFixes.Builders;

/// <summary>A way to take settings out of a program.</summary>
/// <param name="Name">What it does.</param>
/// <param name="IsOnlyBesideOpening">Whether calls in helpers stay that are never made once the listener is gone.</param>
/// <param name="TakesCall">Whether a call goes that writes nothing else.</param>
/// <param name="TakeValue">Takes the value of a setting away, without its call; false where it cannot.</param>
internal sealed record RemovalStrategy(string Name, bool IsOnlyBesideOpening, bool TakesCall, Func<EditContext, WriteSite, ExpressionSyntax?, bool> TakeValue)
{
    /// <summary>Takes away what is to go.</summary>
    public void Apply(EditContext context)
    {
        var calls = RemovalStrategies.Overwritten(context);
        foreach (var key in context.Parts.Removed)
        {
            foreach (var (site, value) in RemovalStrategies.WritersOf(context, key))
            {
                if (TakesCall && RemovalStrategies.WritesNothingElse(context, site.Call))
                    calls.Add(site.Call);
                else if (!TakeValue(context, site, value) && (value is null || !context.Removal.RemoveElement(value)))
                    calls.Add(site.Call);
            }
        }

        if (IsOnlyBesideOpening && calls.FirstOrDefault(context.Program.Opens) is { } opening)
            calls.RemoveWhere(call => Chain.MemberOf(call) != Chain.MemberOf(opening));
        RemovalStrategies.AddEmptied(context, calls);
        context.Removal.RemoveCalls(calls);
    }

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>The ways to take settings out of a program, the one that reads best first.</summary>
internal static class RemovalStrategies
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<RemovalStrategy> All { get; } =
    [
        new("the calls in the method that begins the thing", IsOnlyBesideOpening: true, TakesCall: true, static (_, _, _) => false),
        new("the calls", IsOnlyBesideOpening: false, TakesCall: true, static (_, _, _) => false),
        new("the entries of lists", IsOnlyBesideOpening: false, TakesCall: false, static (_, _, _) => false),
        new("none of an enumeration", IsOnlyBesideOpening: false, TakesCall: false, SayNone),
        new("the entry or statement that the value comes from", IsOnlyBesideOpening: false, TakesCall: false, TakeOrigin),
    ];

    /// <summary>What was written before and replaced: it would come back.</summary>
    public static HashSet<SyntaxNode> Overwritten(EditContext context)
    {
        var calls = new HashSet<SyntaxNode>();
        foreach (var write in context.Server.Written.Writes)
        {
            if (context.Parts.Removed.Contains(write.Key) && WritesNothingElse(context, write.Site.Call) && (context.Server.SiteOf(write.Key)?.Call != write.Site.Call || context.Server.Find(write.Key) is null))
                calls.Add(write.Site.Call);
        }

        return calls;
    }

    /// <summary>The call that wrote a setting, with the expression that says its value.</summary>
    public static IEnumerable<(WriteSite Site, ExpressionSyntax? Value)> WritersOf(EditContext context, string key)
    {
        if (context.Server.SiteOf(key) is { } site && context.Server.Find(key) is { } setting)
            yield return (site, WrittenValue.Of(context, setting, site.Call));
    }

    /// <summary>Whether a call writes only what is to go. What it always writes does not keep it, if everything goes that it was told to write.</summary>
    public static bool WritesNothingElse(EditContext context, SyntaxNode call)
    {
        var removed = context.Parts.Removed;
        var writes = context.Server.Written.Writes;
        foreach (var write in writes)
        {
            if (write.Site.Call == call && !removed.Contains(write.Key) && (IsTold(write.Site) || !writes.Any(other => other.Site.Call == call && removed.Contains(other.Key) && other.Site.ValueTemplate.IndexOf('{') >= 0)))
                return false;
        }

        return true;

        static bool IsTold(in WriteSite site) => site.ValueTemplate.IndexOf('{') >= 0 || site.KeyTemplate.IndexOf('{') >= 0;
    }

    /// <summary>A call that only has something set up by others goes with the last of them: <c>WithAccessRules(rules => …)</c>.</summary>
    public static void AddEmptied(EditContext context, HashSet<SyntaxNode> calls)
    {
        foreach (var lambda in calls.SelectMany(static call => call.Ancestors().OfType<LambdaExpressionSyntax>()).Distinct().ToList())
        {
            if (lambda.Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax outer }
                && context.Program.ModelOf(outer.SyntaxTree).GetSymbolInfo(outer, context.CancellationToken).Symbol is IMethodSymbol method
                && method.Parameters.Any(parameter => context.Program.Vocabulary.ConfiguredScope(parameter) is not null)
                && context.Server.Written.Writes.All(write => calls.Contains(write.Site.Call) || !(write.Site.Call == outer || lambda.Contains(write.Site.Call))))
                calls.Add(outer);
        }
    }

    private static bool SayNone(EditContext context, WriteSite site, ExpressionSyntax? value)
    {
        if (value is null || !new ValueOrigin(context.Program, context.CancellationToken).IsSpelledOut(value))
            return false;
        var model = context.Program.ModelOf(value.SyntaxTree);
        if (model.GetTypeInfo(value, context.CancellationToken).Type is not INamedTypeSymbol { TypeKind: TypeKind.Enum } type
            || new ValueWriter(context.Program.Vocabulary, model, value.SpanStart).OfEnumeration(type, []) is not { } none)
            return false;
        context.Edit.Replace(value.SyntaxTree, value.Span, none);
        return true;
    }

    private static bool TakeOrigin(EditContext context, WriteSite site, ExpressionSyntax? value)
    {
        // What the call says by itself goes with what it is said of.
        if (value is null)
            return !WritesNothingElse(context, site.Call);
        if (value.Ancestors().Contains(site.Call) && WritesNothingElse(context, site.Call))
            return false;
        for (SyntaxNode? node = value; node is not null; node = node.Parent)
        {
            if (node is StatementSyntax statement)
            {
                context.Removal.RemoveStatement(statement);
                break;
            }

            // An entry of an array that something is made from, one after the other.
            if (node is ExpressionSyntax entry && entry.Parent is InitializerExpressionSyntax or ExpressionElementSyntax && context.Removal.RemoveElement(entry))
                break;
        }

        return true;
    }
}
