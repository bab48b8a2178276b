using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Analyzers.Builders;

internal sealed partial class Interpreter
{
    private const string NextNumber = "{#}";
    private const string ScopeId = "scope:id";

    private Located Apply(IMethodSymbol method, IOperation call, Located receiver, Arguments arguments)
    {
        if (vocabulary.TextsOf(method) is { } templates)
            return Located.Of(new TextsValue(TextsOf(templates, arguments)));

        var target = receiver;
        Argument first = default;
        if (method.IsExtensionMethod && method.Parameters.Length > 0 && arguments.TryGetValue(method.Parameters[0], out first))
            target = first.Value;
        else if (method.IsStatic)
            target = BuilderAmong(arguments) ?? receiver;
        if (vocabulary.Creates(method))
        {
            var server = new ServerDraft(isComplete: true, keepsWrites);
            Servers.Add(server);
            target = Located.Of(new BuilderValue(server, ""));
        }

        if (vocabulary.PlanVerbOf(method) is "accessRules")
            return AccessRules(call, arguments);
        if (vocabulary.PlanVerbOf(method) is { } verb && target.Value is BuilderValue or OperationValue)
            return ApplyToPlan(verb, target.Value, method, call, arguments);
        if (target.Value is not BuilderValue builder)
        {
            foreach (var argument in arguments)
                EscapeTo(argument, call);
            return Fresh(method.ReturnType);
        }

        var result = Apply(builder, method, method, call, arguments);
        // What adds a server to something else gives that back.
        return vocabulary.Creates(method) && method.IsExtensionMethod && SymbolEqualityComparer.Default.Equals(method.ReturnType, method.Parameters[0].Type) ? Added(builder, method, first.Value) : result;
    }

    private List<string> TextsOf(IReadOnlyList<string> templates, Arguments arguments)
    {
        var texts = new List<string>(templates.Count);
        foreach (var template in templates)
            texts.AddRange(Expand(template, arguments, "").ToTexts());
        return texts;
    }

    // A helper that is no extension takes the builder as any other argument.
    private static Located? BuilderAmong(Arguments arguments)
    {
        foreach (var argument in arguments)
        {
            if (argument.Value.Value is BuilderValue)
                return argument.Value;
        }

        return null;
    }

    private Located ApplyProperty(BuilderValue builder, IPropertySymbol property, IOperation call, Arguments arguments)
    {
        var scope = vocabulary.ScopeOf(property) is { } template ? SettingPath.Join(builder.Scope, Number(builder, template, arguments)) : builder.Scope;
        return vocabulary.IsBuilder(property.Type) ? Located.Of(new BuilderValue(builder.Server, scope)) : Fresh(property.Type);
    }

    // A property that writes a setting when it is assigned.
    private void ApplyAssignment(BuilderValue builder, IPropertySymbol property, IOperation call, Located value)
    {
        if (property.SetMethod is not { Parameters: [.., var parameter] } setter)
            return;
        var arguments = new Arguments(1);
        arguments.Add(new Argument(parameter, value, value.Origin ?? sources.SpanOf(call.Syntax)));
        foreach (var setting in vocabulary.SettingsOf(property))
            Write(builder.Server, builder.Scope, setting, setter, call, arguments);
    }

    private Located Apply(BuilderValue builder, IMethodSymbol method, ISymbol annotated, IOperation call, Arguments arguments)
    {
        var scope = builder.Scope;
        if (vocabulary.ScopeOf(annotated) is { } template1)
            scope = SettingPath.Join(scope, Number(builder, template1, arguments));
        foreach (var setting in vocabulary.SettingsOf(annotated))
            Write(builder.Server, scope, setting, method, call, arguments);

        // What is not known may be what the method refuses.
        foreach (var argument in arguments)
        {
            if (argument.Value.Value is OpaqueValue)
                _risks++;
        }

        var result = new BuilderValue(builder.Server, scope);
        foreach (var argument in arguments)
        {
            if (vocabulary.ConfiguredScope(argument.Parameter) is not { } configured)
                continue;
            var configuredBuilder = Located.Of(new BuilderValue(builder.Server, SettingPath.Join(scope, configured)));
            var outer = _callSyntax;
            _callSyntax = call.Syntax;
            if (argument.Value.Value is FunctionValue function)
                Call(function, [configuredBuilder]);
            else if (argument.Value.Value is not KnownValue { Content: null })
                LoseAll(configuredBuilder, call, "a delegate that is given from elsewhere");
            _callSyntax = outer;
        }

        return vocabulary.IsBuilder(method.ReturnType) || vocabulary.Creates(method) ? Located.Of(result) : Fresh(method.ReturnType);
    }

    private string Number(BuilderValue builder, string template, Arguments arguments)
    {
        var place = template.IndexOf(NextNumber, StringComparison.Ordinal);
        if (place >= 0)
        {
            var list = SettingPath.Join(builder.Scope, template.Substring(0, place).TrimEnd(SettingPath.Separator));
            template = template.Replace(NextNumber, builder.Server.Next(list));
        }

        var texts = Expand(template, arguments, builder.Scope);
        var scope = texts.Count > 0 ? texts[0].Text : Hole;
        // Two names that are not known stay two: the second is two unknown parts long, and so on.
        var unknown = scope.IndexOf(Setting.UnknownPart);
        return unknown < 0 ? scope : scope.Insert(unknown, new string(Setting.UnknownPart, builder.Server.NextUnknown()));
    }

    // A text that is read as a whole server.
    private void Load(in Argument text, IOperation call)
    {
        if (call is IInvocationOperation { Arguments: [{ Value: var value }, ..] })
            Texts.Add(new LoadedText(text.Value.Value as KnownValue, sources.SpanOf(value.Syntax), value.Syntax, IsRead: true));
    }

    private void Write(ServerDraft server, string scope, in SettingAnnotation setting, IMethodSymbol method, IOperation call, Arguments arguments)
    {
        if (setting.When is { } condition)
        {
            if (!Decide(arguments.Named(condition, 0, condition.Length)?.Value.Value ?? Value.Unknown))
                return;
        }

        var template = setting.Value ?? DefaultValue(setting.Key, method);
        var name = sources.NameOf(call);
        var site = new WriteSite(call.Syntax, scope, setting.Key, template);
        var keys = Expand(setting.Key, arguments, scope);
        for (var i = 0; i < keys.Count; i++)
        {
            var key = keys[i];
            if (key.Text.IndexOf(Setting.UnknownPart) >= 0)
                OpenBefore(server, key.Text.Length > 0 && key.Text[0] == '/' ? key.Text.Substring(1) : SettingPath.Join(scope, key.Text), call);
            var full = key.Text.Length > 0 && key.Text[0] == '/' ? key.Text.Substring(1) : SettingPath.Join(scope, key.Text);
            var values = Expand(template, arguments, scope);
            for (var j = 0; j < values.Count; j++)
            {
                var value = values[j];
                var span = value.Span ?? name;
                switch (setting.Kind)
                {
                    case SettingAnnotationKind.List:
                        server.Append(full, value.Text, name, span, site);
                        break;
                    case SettingAnnotationKind.Set:
                        server.Set(SettingPath.Join(full, value.Text), "", span, span, site);
                        break;
                    default:
                        server.Set(full, value.Text, name, span, site);
                        break;
                }
            }
        }
    }

    // A key nobody knows may be any that begins like it.
    private void OpenBefore(ServerDraft server, string key, IOperation call)
    {
        var scope = SettingPath.Parent(SettingPath.First(key, key.IndexOf(Setting.UnknownPart)));
        server.Open(scope);
        server.Lose(new LostSight(LostSightCause.Key, sources.SpanOf(call.Syntax), scope, ""));
    }

    private static string DefaultValue(string key, IMethodSymbol method)
    {
        foreach (var parameter in method.Parameters)
        {
            if (!(method.IsExtensionMethod && parameter.Ordinal == 0) && key.IndexOf("{" + parameter.Name + "}", StringComparison.Ordinal) < 0)
                return "{" + parameter.Name + "}";
        }

        return "";
    }

    // Every placeholder may stand for several texts; a parameter that is null makes the whole nothing.
    private SettingTexts Expand(string template, Arguments arguments, string scope)
    {
        var results = SettingTexts.Of("", null);
        var written = 0;
        for (var open = template.IndexOf('{'); open >= 0; open = template.IndexOf('{', open))
        {
            var close = template.IndexOf('}', open);
            if (close < 0)
                break;
            var literal = template.Substring(written, open - written);
            if (close - open - 1 == ScopeId.Length && string.CompareOrdinal(template, open + 1, ScopeId, 0, ScopeId.Length) == 0)
            {
                results = results.Plus(literal + ObjectScope.IdOf(scope));
            }
            else if (arguments.Named(template, open + 1, close - open - 1) is { } argument)
            {
                results = results.Times(literal, TextsOf(argument.Value.Value, argument.Span));
            }
            else
            {
                // A brace that encloses no parameter is itself.
                open++;
                continue;
            }

            written = open = close + 1;
        }

        return results.Plus(template.Substring(written));
    }

    private SettingTexts TextsOf(Value value, SourceSpan? span)
    {
        if (value is OpaqueValue opaque && choices.Known(opaque) is { } decided)
            value = decided;
        switch (value)
        {
            case KnownValue { Content: null }:
                return SettingTexts.None;
            case KnownValue { Content: bool known }:
                return SettingTexts.Of(known ? "true" : "false", span);
            case KnownValue { Content: TimeSpan duration }:
                return SettingTexts.Of(DurationText.Of(duration), span);
            case KnownValue:
                return SettingTexts.Of(Text(value), span);
            case TextsValue texts:
                return Several(texts.Texts, span);
            case EnumValue enumeration:
                var names = vocabulary.TextsOf(enumeration.Type);
                var own = names.Of(enumeration.Number);
                return own.Count > 0 || names.IsFlags ? Several(own, span) : SettingTexts.Of(names.IsEmpty ? NameOf(enumeration) : enumeration.Number.ToString(CultureInfo.InvariantCulture), span);
            case DeferredValue:
                return TextsOf(Walked(Located.Of(value)).Value, span);
            // An object that a builder opened stands for its name.
            case BuilderValue builder:
                return SettingTexts.Of(ObjectScope.IdOf(builder.Scope), span);
            case ListValue list:
                return TextsOf(list.Items, span);
            default:
                return SettingTexts.Of(Hole, span);
        }
    }

    private SettingTexts TextsOf(List<Located> items, SourceSpan? span)
    {
        if (items.Count == 1)
            return TextsOf(items[0].Value, items[0].Origin ?? span);
        var texts = new List<SettingText>(items.Count);
        foreach (var item in items)
        {
            var own = TextsOf(item.Value, item.Origin ?? span);
            for (var i = 0; i < own.Count; i++)
                texts.Add(own[i]);
        }

        return new([.. texts]);
    }

    private static SettingTexts Several(IReadOnlyList<string> texts, SourceSpan? span)
    {
        if (texts.Count == 1)
            return SettingTexts.Of(texts[0], span);
        var several = new SettingText[texts.Count];
        for (var i = 0; i < several.Length; i++)
            several[i] = new(texts[i], span);
        return new(several);
    }
}
