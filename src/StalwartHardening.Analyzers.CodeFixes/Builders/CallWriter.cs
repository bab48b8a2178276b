using Microsoft.CodeAnalysis;
using StalwartHardening.Analyzers.Builders;
using StalwartHardening.Settings;

namespace StalwartHardening.Analyzers.CodeFixes.Builders;

/// <summary>
/// Finds calls that write settings, by what the methods of a builder say about themselves. No method is known here by its name, so
/// other people's builders are written to as well as ours.
/// </summary>
internal sealed class CallWriter(BuilderVocabulary vocabulary, ValueWriter values)
{
    /// <summary>The calls on a builder that write these settings, to be put after it; null where there are none.</summary>
    /// <param name="type">The builder's type.</param>
    /// <param name="scope">What its keys begin with, without the final dot.</param>
    /// <param name="settings">Full keys with their values.</param>
    /// <param name="mayLeave">Whether what comes of the calls may be another builder.</param>
    public string? Calls(ITypeSymbol type, string scope, IReadOnlyList<KeyValuePair<string, string>> settings, bool mayLeave)
    {
        if (ConfiguringCall(type, scope, settings) is { } configuring)
            return configuring;
        if (mayLeave && (OpeningProperty(type, scope, settings) ?? OpeningCall(type, scope, settings)) is { } opening)
            return opening;
        var remaining = Grouped(scope, settings);
        if (remaining is null)
            return null;
        var text = "";
        while (remaining.Count > 0)
        {
            var call = Together(type, remaining);
            if (call is null)
            {
                var (key, texts) = remaining[0];
                call = Own(type, key, texts) ?? ByName(type, key, texts);
                if (call is null)
                    return null;
                remaining.RemoveAt(0);
            }

            text += call;
        }

        return text;
    }

    private readonly record struct Wanted(string Key, IReadOnlyList<string> Texts, bool IsList)
    {
        public void Deconstruct(out string key, out Wanted texts) => (key, texts) = (Key, this);
    }

    private static List<Wanted>? Grouped(string scope, IReadOnlyList<KeyValuePair<string, string>> settings)
    {
        var result = new List<Wanted>();
        foreach (var setting in settings)
        {
            if (scope.Length > 0 && !SettingPath.IsBelow(setting.Key, scope))
                return null;
            var key = SettingPath.Relative(setting.Key, scope);
            var isEntry = SettingPath.IsEntry(key);
            var list = isEntry ? SettingPath.Parent(key) : key;
            if (isEntry && result.FindIndex(other => other.IsList && other.Key == list) is var index and >= 0)
                result[index] = result[index] with { Texts = [.. result[index].Texts, setting.Value] };
            else
                result.Add(new Wanted(list, [setting.Value], isEntry));
        }

        return result;
    }

    private IEnumerable<IMethodSymbol> Methods(ITypeSymbol type)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            foreach (var method in current.GetMembers().OfType<IMethodSymbol>())
            {
                if (method is { MethodKind: MethodKind.Ordinary, IsStatic: false, DeclaredAccessibility: Accessibility.Public } && vocabulary.IsAnnotated(method))
                    yield return method;
            }
        }
    }

    private static string Call(IMethodSymbol method, IEnumerable<string> arguments) => "." + method.Name + "(" + string.Join(", ", arguments) + ")";

    // A property that leads to the builder for a part of the server.
    private string? OpeningProperty(ITypeSymbol type, string scope, IReadOnlyList<KeyValuePair<string, string>> settings)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            foreach (var property in current.GetMembers().OfType<IPropertySymbol>())
            {
                if (property.DeclaredAccessibility != Accessibility.Public || vocabulary.ScopeOf(property) is not { Length: > 0 } own)
                    continue;
                var inner = SettingPath.Join(scope, own);
                if (settings.All(setting => SettingPath.IsBelow(setting.Key, inner)) && Calls(property.Type, inner, settings, mayLeave: false) is { } calls)
                    return "." + property.Name + calls;
            }
        }

        return null;
    }

    // WithAccessRules(rules => …): a part of the server that is set up in place, by one statement for each thing in it.
    private string? ConfiguringCall(ITypeSymbol type, string scope, IReadOnlyList<KeyValuePair<string, string>> settings)
    {
        foreach (var method in Methods(type))
        {
            if (method.Parameters is not [{ Type: INamedTypeSymbol { DelegateInvokeMethod.Parameters: [{ Type: var inner }] } } parameter]
                || vocabulary.ConfiguredScope(parameter) is not { Length: > 0 } configured
                || vocabulary.ScopeOf(method) is not null || vocabulary.SettingsOf(method).Length > 0)
                continue;
            var prefix = SettingPath.Join(scope, configured);
            if (!settings.All(setting => SettingPath.IsBelow(setting.Key, prefix)) || Statements(inner, prefix, settings) is not { } statements)
                continue;
            var name = NameFor(inner, settings);
            return Call(method, [name + " => " + (statements is [var only] ? name + only : "{ " + string.Join(" ", statements.Select(statement => name + statement + ";")) + " }")]);
        }

        return null;
    }

    // rules for AccessRulesBuilder, unless the settings' own texts say it is taken.
    private static string NameFor(ITypeSymbol builder, IReadOnlyList<KeyValuePair<string, string>> settings)
    {
        var words = System.Text.RegularExpressions.Regex.Matches(builder.Name, "[A-Z][a-z0-9]*").Cast<System.Text.RegularExpressions.Match>().Select(static match => match.Value).Where(static word => word != "Builder").ToList();
        return words.Count == 0 || settings.Count == 0 ? "builder" : words[words.Count - 1].ToLowerInvariant();
    }

    // One call for each numbered thing, in their order.
    private List<string>? Statements(ITypeSymbol type, string scope, IReadOnlyList<KeyValuePair<string, string>> settings)
    {
        var statements = new List<string>();
        foreach (var group in settings.GroupBy(setting => SettingPath.ChildOf(scope, setting.Key)))
        {
            if (NumberedCall(type, group.Key, [.. group]) is not { } statement)
                return null;
            statements.Add(statement);
        }

        return statements;
    }

    // Allow(…): a call that begins the next thing in a list, with what its own arguments say; the rest follows in the chain.
    private string? NumberedCall(ITypeSymbol type, string scope, IReadOnlyList<KeyValuePair<string, string>> settings)
    {
        foreach (var method in Methods(type))
        {
            if (vocabulary.ScopeOf(method) != "{#}" || Grouped(scope, settings) is not { } left)
                continue;
            var arguments = new List<string>();
            var isWritten = true;
            foreach (var annotation in vocabulary.SettingsOf(method))
            {
                var index = left.FindIndex(wanted => wanted.Key == annotation.Key);
                if (annotation.Value?.IndexOf('{') < 0)
                    isWritten &= index >= 0 && left[index].Texts is [var text] && text == annotation.Value;
                else if (index >= 0 && Arguments(method, annotation, left[index]) is { } written)
                    arguments.AddRange(written);
                else
                    isWritten &= index < 0 && method.Parameters.Any(parameter => parameter.IsParams && annotation.Value == "{" + parameter.Name + "}");
                if (index >= 0)
                    left.RemoveAt(index);
            }

            if (!isWritten)
                continue;
            var rest = settings.Where(setting => left.Exists(wanted => SettingPath.IsAtOrBelow(setting.Key, SettingPath.Join(scope, wanted.Key)))).ToList();
            if (rest.Count == 0)
                return Call(method, arguments);
            if (Calls(method.ReturnType, scope, rest, mayLeave: false) is { } calls)
                return Call(method, arguments) + calls;
        }

        return null;
    }

    private IReadOnlyList<string>? Arguments(IMethodSymbol method, SettingAnnotation annotation, Wanted wanted)
    {
        foreach (var parameter in method.Parameters)
        {
            if (annotation.Value == "{" + parameter.Name + "}")
                return values.OfAll(parameter is { IsParams: true, Type: IArrayTypeSymbol array } ? array.ElementType : parameter.Type, wanted.Texts);
        }

        return null;
    }

    // A call that begins something with a name of its own, such as a listener.
    private string? OpeningCall(ITypeSymbol type, string scope, IReadOnlyList<KeyValuePair<string, string>> settings)
    {
        foreach (var method in Methods(type))
        {
            if (vocabulary.ScopeOf(method) is not { } template || SettingPath.LastPart(template) is not [.., '}'] part || part.IndexOf('{') is not (>= 0 and var hole))
                continue;
            var family = SettingPath.Join(scope, SettingPath.Parent(template));
            if (CommonKey(settings, family) is not { } own || SettingPath.Relative(own, family) is var name && string.CompareOrdinal(name, 0, part, 0, hole) != 0)
                continue;
            var placeholder = part.Substring(hole + 1, part.Length - hole - 2);
            var left = settings.ToList();
            var arguments = new List<string>();
            foreach (var parameter in method.Parameters)
            {
                if (parameter.Name == placeholder)
                    arguments.Add(ValueWriter.Literal(name.Substring(hole)));
                else if (OpeningValue(method, parameter, own, left) is { } argument)
                    arguments.Add(argument);
            }

            if (arguments.Count != method.Parameters.Length || method.Parameters.Any(parameter => vocabulary.ConfiguredScope(parameter) is not null))
                continue;
            if (Calls(method.ReturnType, own, left, mayLeave: false) is { } calls)
                return Call(method, arguments) + calls;
        }

        return null;
    }

    private string? OpeningValue(IMethodSymbol method, IParameterSymbol parameter, string scope, List<KeyValuePair<string, string>> left)
    {
        foreach (var annotation in vocabulary.SettingsOf(method))
        {
            var index = left.FindIndex(setting => setting.Key == SettingPath.Join(scope, annotation.Key));
            if (annotation.Value != "{" + parameter.Name + "}" || index < 0 || values.Of(parameter.Type, left[index].Value) is not { } text)
                continue;
            left.RemoveAt(index);
            return text;
        }

        return null;
    }

    // The name may hold dots, so it is what all keys have in common.
    private static string? CommonKey(IReadOnlyList<KeyValuePair<string, string>> settings, string family) =>
        // A setting alone is not yet a thing with a name.
        settings.Count < 2 ? null : SettingPath.Ancestors(settings[0].Key).TakeWhile(key => family.Length == 0 || SettingPath.IsBelow(key, family)).FirstOrDefault(key => settings.All(setting => SettingPath.IsBelow(setting.Key, key)));

    // A method made for exactly this setting.
    private string? Own(ITypeSymbol type, string key, Wanted wanted)
    {
        string? best = null;
        foreach (var method in Methods(type))
        {
            if (vocabulary.ScopeOf(method) is not null || vocabulary.SettingsOf(method) is not [{ When: null } annotation] || annotation.Key != key)
                continue;
            if (method.Parameters.IsEmpty)
            {
                if (annotation.Value == wanted.Texts[0] && !wanted.IsList && annotation.Kind == SettingAnnotationKind.Value)
                    return Call(method, []);
                continue;
            }

            best ??= WithOneParameter(method, annotation, wanted);
        }

        return best;
    }

    private string? WithOneParameter(IMethodSymbol method, SettingAnnotation annotation, Wanted wanted)
    {
        if (method.Parameters is not [var parameter] || vocabulary.ConfiguredScope(parameter) is not null)
            return null;
        var template = annotation.Value ?? "{" + parameter.Name + "}";
        var type = parameter is { IsParams: true, Type: IArrayTypeSymbol array } ? array.ElementType : parameter.Type;
        // A list of one is read as the text alone, and the other way round.
        if (annotation.Kind == SettingAnnotationKind.Set || (annotation.Kind == SettingAnnotationKind.Value && wanted.IsList) || (!parameter.IsParams && wanted.Texts.Count > 1))
            return null;
        var inner = new List<string>();
        foreach (var text in wanted.Texts)
        {
            if (ValueWriter.Placeholder(template, parameter.Name, text) is not { } own)
                return null;
            inner.Add(own);
        }

        if (values.OfAll(type, inner) is not { } arguments)
            return null;

        if (parameter.HasExplicitDefaultValue && parameter.ExplicitDefaultValue is bool byDefault && arguments is [var only] && only == (byDefault ? "true" : "false"))
            return Call(method, []);
        return Call(method, arguments);
    }

    // A method that writes several settings at once, all of them wanted.
    private string? Together(ITypeSymbol type, List<Wanted> remaining)
    {
        foreach (var method in Methods(type))
        {
            if (vocabulary.ScopeOf(method) is not null || vocabulary.SettingsOf(method) is not { Length: > 1 } annotations)
                continue;
            var written = new List<Wanted>();
            var arguments = new List<string>();
            foreach (var annotation in annotations)
            {
                var found = remaining.FindIndex(wanted => wanted.Key == annotation.Key && wanted.Texts[0] == annotation.Value);
                if (annotation.When is null && found >= 0)
                    written.Add(remaining[found]);
                else if (NoneOf(method, annotation) is { } none)
                    arguments.Add(none);
                else
                    break;
            }

            if (written.Count == 0 || written.Count + arguments.Count != annotations.Length || arguments.Count != method.Parameters.Length)
                continue;
            foreach (var wanted in written)
                remaining.Remove(wanted);
            return Call(method, arguments);
        }

        return null;
    }

    private string? NoneOf(IMethodSymbol method, SettingAnnotation annotation)
    {
        foreach (var parameter in method.Parameters)
        {
            if (annotation.Kind != SettingAnnotationKind.Value && annotation.Value == "{" + parameter.Name + "}" && parameter.Type is INamedTypeSymbol { TypeKind: TypeKind.Enum } type)
                return values.OfEnumeration(type, []);
        }

        return null;
    }

    // The way out for what has no method of its own.
    private string? ByName(ITypeSymbol type, string key, Wanted wanted)
    {
        foreach (var method in Methods(type))
        {
            if (vocabulary.SettingsOf(method) is not [{ When: null } annotation] || method.Parameters is not [{ Type.SpecialType: SpecialType.System_String } name, var value] || annotation.Key != "{" + name.Name + "}")
                continue;
            if (annotation.Kind == SettingAnnotationKind.List != wanted.IsList || annotation.Kind == SettingAnnotationKind.Set)
                continue;
            var valueType = value is { IsParams: true, Type: IArrayTypeSymbol array } ? array.ElementType : value.Type;
            if (valueType.SpecialType == SpecialType.System_String)
                return Call(method, new[] { key }.Concat(wanted.Texts).Select(ValueWriter.Literal));
        }

        return null;
    }
}
