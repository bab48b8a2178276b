using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using StalwartHardening.Edits;
using StalwartHardening.Remedies;
using StalwartHardening.Server;
using StalwartHardening.Server.Access;
using StalwartHardening.Settings;

namespace StalwartHardening.Analyzers.CodeFixes.Builders;

/// <summary>What a remedy asks of a program that writes a server: which settings go, which change, which are new.</summary>
internal sealed class RemedyParts
{
    private RemedyParts()
    {
    }

    /// <summary>The keys that go.</summary>
    public HashSet<string> Removed { get; } = new(StringComparer.Ordinal);

    /// <summary>The settings that get another value.</summary>
    public List<KeyValuePair<string, string>> Replaced { get; } = [];

    /// <summary>The settings that are new, what belongs together in one list.</summary>
    public List<IReadOnlyList<KeyValuePair<string, string>>> Added { get; } = [];

    /// <summary>The settings that get another name.</summary>
    public List<SettingEdit.Rename> Renamed { get; } = [];

    /// <summary>The access rules that say what the remedy says in one expression; null where they are not used.</summary>
    public IReadOnlyList<KeyValuePair<string, string>>? Rules { get; private set; }

    /// <summary>The ways to see a remedy, the one that reads best first; none where a program cannot be asked for it.</summary>
    public static IEnumerable<RemedyParts> Of(JudgedServer server, Remedy remedy)
    {
        if (remedy.AdmittedNetworks is { } networks && HttpAllowList.Rules(server.Configuration, networks) is { } rules && Create(server, remedy, rules) is { } typed)
            yield return typed;
        if (Create(server, remedy, null) is { } plain)
            yield return plain;
    }

    private static RemedyParts? Create(JudgedServer server, Remedy remedy, IReadOnlyList<KeyValuePair<string, string>>? rules)
    {
        var parts = new RemedyParts { Rules = rules };
        foreach (var edit in remedy.Edits)
        {
            switch (edit)
            {
                case SettingEdit.Remove remove:
                    parts.Remove(server, remove);
                    break;
                case SettingEdit.Set { Key: TypedAccessRules.Key } set when rules is not null || server.SiteOf(set.Key) is null:
                    if (!parts.ReplaceRules(server, rules ?? [new(set.Key, set.Value)]))
                        return null;
                    break;
                case SettingEdit.Set set when server.Find(set.Key) is not null && !parts.Removed.Contains(set.Key):
                    parts.Replaced.Add(new(set.Key, set.Value));
                    break;
                case SettingEdit.Set set:
                    parts.Added.Add([new(set.Key, set.Value)]);
                    break;
                case SettingEdit.Insert insert:
                    parts.Added.Add(insert.Settings);
                    break;
                case SettingEdit.Rename rename:
                    parts.Renamed.Add(rename);
                    break;
                default:
                    return null;
            }
        }

        return parts;
    }

    private void Remove(JudgedServer server, SettingEdit.Remove remove)
    {
        if (server.Find(remove.Key) is not null)
            Removed.Add(remove.Key);
        if (!remove.WithChildren)
            return;
        foreach (ref readonly var setting in server.Written.Document.Below(remove.Key))
            Removed.Add(setting.Key);
    }

    // Whatever says who may ask for what gives way to the new rules, unless it depends on something: that was meant.
    private bool ReplaceRules(JudgedServer server, IReadOnlyList<KeyValuePair<string, string>> rules)
    {
        foreach (var write in server.Written.Writes)
        {
            if (write.Key != TypedAccessRules.Key && !SettingPath.IsBelow(write.Key, TypedAccessRules.Family))
                continue;
            if (IsConditional(write.Site.Call))
                return false;
            Removed.Add(write.Key);
        }

        Added.Add(rules);
        return true;
    }

    private static bool IsConditional(SyntaxNode call)
    {
        foreach (var ancestor in call.Ancestors())
        {
            if (ancestor is MemberDeclarationSyntax or LocalFunctionStatementSyntax)
                return false;
            if (ancestor is IfStatementSyntax or ConditionalExpressionSyntax or SwitchStatementSyntax or SwitchExpressionSyntax or CatchClauseSyntax or WhileStatementSyntax or ForStatementSyntax or CommonForEachStatementSyntax or ConditionalAccessExpressionSyntax)
                return true;
        }

        return false;
    }
}
