using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using StalwartHardening.Analyzers.Builders;
using StalwartHardening.Edits;
using StalwartHardening.Remedies;
using StalwartHardening.Settings;

namespace StalwartHardening.Analyzers.CodeFixes.Builders;

/// <summary>Gives settings another name where a call is told their name.</summary>
internal static class RenameStrategy
{
    /// <summary>Renames what a remedy renames; false where a call says the name by its own.</summary>
    public static bool Apply(EditContext context, SettingEdit.Rename rename)
    {
        var isAny = false;
        var origin = new ValueOrigin(context.Program, context.CancellationToken);
        foreach (var write in context.Server.Written.Writes)
        {
            var (key, site) = (write.Key, write.Site);
            if (SettingPath.Moved(key, rename.Key, rename.NewKey) is not { } renamed)
                continue;
            if (site.Call is not InvocationExpressionSyntax call || context.Program.ModelOf(call.SyntaxTree).GetSymbolInfo(call, context.CancellationToken).Symbol is not IMethodSymbol method)
                return false;
            if ((site.Scope.Length > 0 && !SettingPath.IsBelow(renamed, site.Scope)) || NameArgument(call, method, site) is not { } argument)
                return false;
            // The entries of a list are numbered by the call.
            var (before, name) = (SettingPath.Relative(key, site.Scope), SettingPath.Relative(renamed, site.Scope));
            if (context.Program.Vocabulary.SettingsOf(method).Any(static annotation => annotation.Kind == SettingAnnotationKind.List))
                (before, name) = (SettingPath.Parent(before), SettingPath.Parent(name));
            if (origin.IsSpelledOut(argument))
                context.Edit.Replace(argument.SyntaxTree, argument.Span, ValueWriter.Literal(name));
            else if (origin.Find(argument, before, name) is var (literal, text))
                context.Edit.Replace(literal.SyntaxTree, literal.Span, text);
            else
                return false;
            isAny = true;
        }

        return isAny;
    }

    private static ExpressionSyntax? NameArgument(InvocationExpressionSyntax call, IMethodSymbol method, in WriteSite site)
    {
        foreach (var parameter in method.Parameters)
        {
            if (site.KeyTemplate != "{" + parameter.Name + "}")
                continue;
            var arguments = call.ArgumentList.Arguments;
            foreach (var argument in arguments)
            {
                if (argument.NameColon?.Name.Identifier.ValueText == parameter.Name)
                    return argument.Expression;
            }

            return parameter.Ordinal < arguments.Count && arguments[parameter.Ordinal].NameColon is null ? arguments[parameter.Ordinal].Expression : null;
        }

        return null;
    }
}
