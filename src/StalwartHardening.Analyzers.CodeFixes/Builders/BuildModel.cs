using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using StalwartHardening.Fixing;
using StalwartHardening.Settings;

namespace StalwartHardening.Analyzers.CodeFixes.Builders;

/// <summary>What <c>Build()</c> would refuse of a server as the program writes it, and what contradicts itself.</summary>
internal static class BuildModel
{
    /// <summary>Whether a changed program would be refused for something that the program before was not.</summary>
    public static bool RefusesMore(BuilderServers before, JudgedServer old, BuilderServers after, JudgedServer fresh)
    {
        var known = new HashSet<string>(Refusals(before, old), StringComparer.Ordinal);
        return Refusals(after, fresh).Any(refusal => !known.Contains(refusal));
    }

    // By setting and call: the values in the sentences may be what the fix changes.
    private static IEnumerable<string> Refusals(BuilderServers program, JudgedServer server)
    {
        // A layer is built by itself before it becomes a part of the whole.
        foreach (var layer in server.Written.Layers.Append(server.Written.Writes))
        {
            var writes = layer.Select(write => new BuilderWrite(new Setting(write.Key, write.Value, default, default), NameOf(write.Site.Call))).ToList();
            foreach (var refusal in BuildRefusals.Find(writes, out _))
            {
                var end = refusal.IndexOf("): ", StringComparison.Ordinal);
                yield return SettingPath.WithoutIndexes(end < 0 ? refusal : refusal.Substring(0, end));
            }
        }

        foreach (var scope in Redeclared(program, server))
            yield return "declared twice: " + scope;
    }

    private static string NameOf(SyntaxNode call) => call is InvocationExpressionSyntax { Expression: var called }
        ? called switch
        {
            MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
            MemberBindingExpressionSyntax binding => binding.Name.Identifier.ValueText,
            SimpleNameSyntax name => name.Identifier.ValueText,
            _ => BuildRefusals.AnySetting,
        }
        : BuildRefusals.AnySetting;

    // A call that begins something with a name of its own begins it once: the first setting it writes is written once.
    private static IEnumerable<string> Redeclared(BuilderServers program, JudgedServer server)
    {
        var declared = new HashSet<string>(StringComparer.Ordinal);
        foreach (var write in server.Written.Writes)
        {
            if (write.Site.Call is InvocationExpressionSyntax call
                && program.ModelOf(call.SyntaxTree).GetSymbolInfo(call).Symbol is IMethodSymbol method
                && program.Vocabulary.ScopeOf(method.ReducedFrom ?? method) is { } scope
                && scope.EndsWith("}", StringComparison.Ordinal)
                && !scope.EndsWith("{#}", StringComparison.Ordinal)
                && program.Vocabulary.SettingsOf(method.ReducedFrom ?? method) is [var first, ..]
                && first.Key == write.Site.KeyTemplate
                && write.Site.Scope.IndexOf(Setting.UnknownPart) < 0
                && !declared.Add(write.Site.Scope))
                yield return write.Site.Scope;
        }
    }
}
