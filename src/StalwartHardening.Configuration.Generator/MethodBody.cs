using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace StalwartHardening.Configuration.Generator;

/// <summary>The body of a method that writes settings, opens a scope, or makes a value.</summary>
internal static class MethodBody
{
    private static readonly SymbolDisplayFormat Types = SymbolDisplayFormat.FullyQualifiedFormat.AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    /// <summary>The member; null where nothing is annotated.</summary>
    public static string? Write(IMethodSymbol method)
    {
        if (Annotations.Texts(method) is { } texts)
            return Signature(method) + " => " + ValueOf(method.ReturnType, texts, method.Parameters) + ";\n";
        var settings = Annotations.Settings(method).ToList();
        var scope = Annotations.Scope(method);
        var configured = method.Parameters.FirstOrDefault(static parameter => Annotations.ConfiguredScope(parameter) is not null);
        if (settings.Count == 0 && scope is null && configured is null)
            return null;
        var body = new StringBuilder(Signature(method)).Append("\n    {\n");
        Line(body, $"var call = CallSite.Record(\"{method.Name}\");");
        foreach (var parameter in method.Parameters)
        {
            if (IsObject((parameter.Type as IArrayTypeSymbol)?.ElementType ?? parameter.Type))
                Line(body, $"Sheet.Refer({parameter.Name}, call);");
        }

        var target = Open(body, method, scope);
        foreach (var setting in settings)
            Write(body, setting, method.Parameters, target);
        if (configured is not null)
            Line(body, $"{configured.Name}({Configured(configured, target)});");
        Line(body, $"return {(target.Length > 0 ? target : Self(method))};");
        return body.Append("    }\n").ToString();
    }

    /// <summary>A value that stands for texts.</summary>
    public static string ValueOf(ITypeSymbol type, IReadOnlyList<string> texts, IReadOnlyList<IParameterSymbol> parameters)
    {
        var values = string.Join(", ", texts.Select(text => Template.Parse(text, parameters).Expression));
        return type.SpecialType == SpecialType.System_String ? values : $"new {type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat)}({values})";
    }

    // A builder stands for the object that it opened.
    private static bool IsObject(ITypeSymbol type) => type.BaseType is { } parent && (parent.Name == "SettingsBuilder" || IsObject(parent));

    // What the settings are written into: the new scope's builder, or nothing for the object itself.
    private static string Open(StringBuilder body, IMethodSymbol method, string? scope)
    {
        var type = method.ReturnType.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);
        if (Annotations.Creates(method))
        {
            Line(body, $"var opened = new {type}(new SettingsSheet());");
            return "opened";
        }

        if (scope is null)
            return "";
        const string Next = "{#}";
        if (scope.EndsWith(Next, StringComparison.Ordinal))
        {
            Line(body, $"var list = Key({Template.Parse(scope.Substring(0, scope.Length - Next.Length).TrimEnd('.'), method.Parameters).Expression});");
            Line(body, $"var opened = new {type}(Sheet, global::StalwartHardening.Settings.SettingPath.Join(list, Sheet.Next(list)));");
        }
        else
        {
            Line(body, $"var opened = new {type}(Sheet, Key({Template.Parse(scope, method.Parameters).Expression}));");
            Line(body, "Sheet.Declare(opened.Scope, call);");
        }

        return "opened";
    }

    private static void Write(StringBuilder body, SettingAnnotation setting, IReadOnlyList<IParameterSymbol> parameters, string target)
    {
        var isOfServer = setting.Key.StartsWith("/", StringComparison.Ordinal);
        var key = Template.Parse(isOfServer ? setting.Key.Substring(1) : setting.Key, parameters);
        var value = Template.Parse(setting.Value ?? "{" + parameters.First(parameter => !Template.Names(setting.Key, parameter)).Name + "}", parameters);
        var prefix = target.Length > 0 ? target + "." : "";
        var fullKey = isOfServer ? key.Expression : $"{prefix}Key({key.Expression})";
        var write = setting.Kind switch
        {
            SettingKind.List => "Append",
            SettingKind.Set => "AddMember",
            _ => "Set",
        };
        if (setting.When is { } condition)
            Line(body, $"if ({condition})");
        if ((key.Several ?? value.Several) is { } several)
            Line(body, $"foreach (var each in SettingTexts.All({several.Name}))");
        Line(body, $"    {prefix}Sheet.{write}({fullKey}, {value.Expression}, call);");
    }

    private static string Configured(IParameterSymbol parameter, string target)
    {
        var scope = Annotations.ConfiguredScope(parameter);
        if (string.IsNullOrEmpty(scope) && target.Length > 0)
            return target;
        var builder = ((INamedTypeSymbol)parameter.Type).TypeArguments[0].ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);
        return $"new {builder}({(target.Length > 0 ? target + "." : "")}Sheet, {(target.Length > 0 ? target + "." : "")}Key(\"{scope}\"))";
    }

    private static string Self(IMethodSymbol method) => method.ReturnType is ITypeParameterSymbol self ? $"({self.Name})this" : "this";

    private static string Signature(IMethodSymbol method)
    {
        var parameters = method.Parameters.Select(static parameter => (parameter.IsParams ? "params " : "") + parameter.Type.ToDisplayString(Types) + " " + parameter.Name + Default(parameter));
        return $"\n    public {(method.IsStatic ? "static " : "")}partial {method.ReturnType.ToDisplayString(Types)} {method.Name}({string.Join(", ", parameters)})";
    }

    // Without effect here, and the compiler says so; but tools that look at this part see the same signature.
    private static string Default(IParameterSymbol parameter) =>
        !parameter.HasExplicitDefaultValue ? ""
        : parameter.Type.TypeKind == TypeKind.Enum ? $" = ({parameter.Type.ToDisplayString(Types)}){SymbolDisplay.FormatPrimitive(parameter.ExplicitDefaultValue!, quoteStrings: true, useHexadecimalNumbers: false)}"
        : " = " + (parameter.ExplicitDefaultValue is { } value ? SymbolDisplay.FormatPrimitive(value, quoteStrings: true, useHexadecimalNumbers: false) : "null");

    private static void Line(StringBuilder body, string text) => body.Append("        ").Append(text).Append('\n');
}
