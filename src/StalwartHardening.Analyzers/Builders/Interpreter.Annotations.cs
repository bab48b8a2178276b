using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Analyzers.Builders;

internal sealed partial class Interpreter
{
    private const string NextNumber = "{#}";
    private const string ScopeId = "scope:id";

    private readonly record struct SettingText(string Text, SourceSpan? Span);

    private Located Apply(IMethodSymbol method, IOperation call, Located receiver, Dictionary<IParameterSymbol, Argument> arguments)
    {
        if (vocabulary.TextsOf(method) is { } templates)
            return new Located(new TextsValue([.. templates.SelectMany(template => Expand(template, arguments, "")).Select(static text => text.Text)]), null);

        var target = receiver;
        if (method.IsExtensionMethod && method.Parameters.Length > 0 && arguments.TryGetValue(method.Parameters[0], out var first))
            target = first.Value;
        if (vocabulary.Creates(method))
        {
            var server = new ServerDraft(isComplete: true, keepsWrites);
            Servers.Add(server);
            target = new Located(new BuilderValue(server, ""), null);
        }

        if (target.Value is not BuilderValue builder)
        {
            foreach (var argument in arguments.Values)
                EscapeArgument(argument.Value);
            return Located.Unknown;
        }

        var scope = builder.Scope;
        if (vocabulary.ScopeOf(method) is { } template1)
            scope = Join(scope, Number(builder, template1, arguments));
        foreach (var setting in vocabulary.SettingsOf(method))
            Write(builder.Server, scope, setting, method, call, arguments);

        var result = new BuilderValue(builder.Server, scope);
        foreach (var argument in arguments)
        {
            if (vocabulary.ConfiguredScope(argument.Key) is not { } configured)
                continue;
            var configuredBuilder = new Located(new BuilderValue(builder.Server, Join(scope, configured)), null);
            if (argument.Value.Value.Value is FunctionValue function)
                Call(function, [configuredBuilder]);
            else if (argument.Value.Value.Value is not KnownValue { Content: null })
                Escape(configuredBuilder);
        }

        return vocabulary.IsBuilder(method.ReturnType) || vocabulary.Creates(method) ? new Located(result, null) : Located.Unknown;
    }

    private static string Number(BuilderValue builder, string template, Dictionary<IParameterSymbol, Argument> arguments)
    {
        var place = template.IndexOf(NextNumber, StringComparison.Ordinal);
        if (place >= 0)
        {
            var list = Join(builder.Scope, template.Substring(0, place).TrimEnd('.'));
            template = template.Replace(NextNumber, builder.Server.Next(list));
        }

        var texts = Expand(template, arguments, builder.Scope);
        return texts.Count > 0 ? texts[0].Text : Setting.UnknownPart.ToString();
    }

    private void Write(ServerDraft server, string scope, in SettingAnnotation setting, IMethodSymbol method, IOperation call, Dictionary<IParameterSymbol, Argument> arguments)
    {
        if (setting.When is { } condition)
        {
            var value = Find(arguments, condition) is { } argument ? AsBoolean(argument.Value.Value) : null;
            if (!(value ?? choices.Take()))
                return;
        }

        var template = setting.Value ?? DefaultValue(setting.Key, method);
        var name = sources.NameOf(call);
        var site = new WriteSite(call.Syntax, scope, setting.Key, template);
        foreach (var key in Expand(setting.Key, arguments, scope))
        {
            var full = key.Text.Length > 0 && key.Text[0] == '/' ? key.Text.Substring(1) : Join(scope, key.Text);
            foreach (var value in Expand(template, arguments, scope))
            {
                var span = value.Span ?? name;
                switch (setting.Kind)
                {
                    case SettingAnnotationKind.List:
                        server.Append(full, value.Text, name, span, site);
                        break;
                    case SettingAnnotationKind.Set:
                        server.Set(full + "." + value.Text, "", span, span, site);
                        break;
                    default:
                        server.Set(full, value.Text, name, span, site);
                        break;
                }
            }
        }
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
    private static IReadOnlyList<SettingText> Expand(string template, Dictionary<IParameterSymbol, Argument> arguments, string scope)
    {
        var results = new List<(StringBuilder Text, SourceSpan? Span)> { (new StringBuilder(), null) };
        var position = 0;
        while (position < template.Length)
        {
            var close = template[position] == '{' ? template.IndexOf('}', position) : -1;
            var name = close > 0 ? template.Substring(position + 1, close - position - 1) : "";
            if (close > 0 && name == ScopeId)
            {
                results.ForEach(result => result.Text.Append(scope.Substring(scope.IndexOf('.') + 1)));
                position = close + 1;
                continue;
            }

            if (close < 0 || Find(arguments, name) is not { } argument)
            {
                results.ForEach(result => result.Text.Append(template[position]));
                position++;
                continue;
            }

            var texts = TextsOf(argument.Value.Value, argument.Span);
            var next = new List<(StringBuilder Text, SourceSpan? Span)>();
            foreach (var result in results)
            {
                foreach (var text in texts)
                    next.Add((new StringBuilder(result.Text.ToString()).Append(text.Text), result.Span ?? text.Span));
            }

            results = next;
            position = close + 1;
        }

        return [.. results.Select(static result => new SettingText(result.Text.ToString(), result.Span))];
    }

    private static Argument? Find(Dictionary<IParameterSymbol, Argument> arguments, string name)
    {
        foreach (var argument in arguments)
        {
            if (argument.Key.Name == name)
                return argument.Value;
        }

        return null;
    }

    private static List<SettingText> TextsOf(Value value, SourceSpan? span)
    {
        switch (value)
        {
            case KnownValue { Content: null }:
                return [];
            case KnownValue { Content: bool known }:
                return [new(known ? "true" : "false", span)];
            case KnownValue { Content: TimeSpan duration }:
                return [new(DurationText.Of(duration), span)];
            case KnownValue:
                return [new(ConcatenatedText(value), span)];
            case TextsValue texts:
                return [.. texts.Texts.Select(text => new SettingText(text, span))];
            case EnumValue enumeration:
                return TextsOf(enumeration, span);
            case ListValue list:
                return [.. list.Items.SelectMany(item => TextsOf(item.Value, item.Origin ?? span))];
            default:
                return [new(Setting.UnknownPart.ToString(), span)];
        }
    }

    private static List<SettingText> TextsOf(EnumValue value, SourceSpan? span)
    {
        var isFlags = value.Type.GetAttributes().Any(static attribute => attribute.AttributeClass is { Name: "FlagsAttribute", ContainingNamespace.Name: "System" });
        var texts = new List<SettingText>();
        foreach (var field in value.Type.GetMembers().OfType<IFieldSymbol>())
        {
            if (!field.HasConstantValue || field.ConstantValue is null || AnnotatedTexts(field) is not { } own)
                continue;
            var number = ToLong(field.ConstantValue);
            if (isFlags ? number != 0 && (value.Number & number) == number : value.Number == number)
                texts.AddRange(own.Select(text => new SettingText(text, span)));
        }

        if (texts.Count == 0 && !isFlags)
            texts.Add(new(value.Number.ToString(CultureInfo.InvariantCulture), span));
        return texts;
    }

    private static IEnumerable<string>? AnnotatedTexts(IFieldSymbol field)
    {
        foreach (var attribute in field.GetAttributes())
        {
            if (attribute is { AttributeClass.Name: "SettingTextAttribute", ConstructorArguments: [{ Kind: TypedConstantKind.Array, IsNull: false } texts] })
                return texts.Values.Select(static text => text.Value).OfType<string>();
        }

        return null;
    }

    private static string Join(string scope, string key) => scope.Length == 0 ? key : key.Length == 0 ? scope : scope + "." + key;
}
