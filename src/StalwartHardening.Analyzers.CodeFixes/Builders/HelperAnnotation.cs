using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using StalwartHardening.Analyzers.Builders;
using StalwartHardening.Settings;

namespace StalwartHardening.Analyzers.CodeFixes.Builders;

/// <summary>Finds the annotations that say what a helper writes, by calling it with arguments that are recognised again in what it writes.</summary>
internal sealed class HelperAnnotation
{
    private const int MaxSwitches = 3;
    private readonly HelperProbe _probe;
    private readonly Compilation _compilation;
    private readonly CancellationToken _cancellationToken;

    private HelperAnnotation(HelperProbe probe, Compilation compilation, CancellationToken cancellationToken)
    {
        _probe = probe;
        _compilation = compilation;
        _cancellationToken = cancellationToken;
    }

    /// <summary>The attributes, as they are written, one a line; null where annotations cannot say what the helper does.</summary>
    /// <param name="probe">Calls the helper.</param>
    /// <param name="compilation">The program that the helper is written in.</param>
    /// <param name="cancellationToken">Ends the work early, with an <see cref="OperationCanceledException"/>.</param>
    public static IReadOnlyList<string>? Of(HelperProbe probe, Compilation compilation, CancellationToken cancellationToken) =>
        new HelperAnnotation(probe, compilation, cancellationToken).Find();

    /// <summary>Arguments for a call, all different and unlike anything that a helper writes by itself; null where a parameter takes none of the kinds that annotations know.</summary>
    /// <param name="probe">Calls the helper.</param>
    /// <param name="variant">Which arguments.</param>
    /// <param name="isOn">Whether a switch is on.</param>
    public static Dictionary<string, object>? Arguments(HelperProbe probe, int variant, Func<IParameterSymbol, bool> isOn)
    {
        var arguments = new Dictionary<string, object>(StringComparer.Ordinal);
        foreach (var parameter in probe.Parameters)
        {
            object? value = parameter.Type switch
            {
                { SpecialType: SpecialType.System_String } => "zq" + (char)('a' + parameter.Ordinal) + (char)('r' + variant),
                { SpecialType: SpecialType.System_Boolean } => isOn(parameter),
                { SpecialType: SpecialType.System_Int32 or SpecialType.System_UInt16 or SpecialType.System_UInt32 or SpecialType.System_Int64 } => 61001 - (variant * 10000) + parameter.Ordinal,
                INamedTypeSymbol { TypeKind: TypeKind.Enum } type => type.GetMembers().OfType<IFieldSymbol>().Where(static member => member.HasConstantValue).Skip(variant % 2).FirstOrDefault(),
                _ => null,
            };
            if (value is not null)
                arguments.Add(parameter.Name, value);
            else if (!parameter.IsOptional)
                return null;
        }

        return arguments;
    }

    private List<string>? Find()
    {
        var switches = _probe.Parameters.Where(static parameter => parameter.Type.SpecialType == SpecialType.System_Boolean).ToList();
        if (switches.Count > MaxSwitches)
            return null;
        // Which settings are written when which switches are on.
        var lines = new List<(string Key, string Value)>();
        var seen = new Dictionary<(string, string), List<int>>();
        for (var on = 0; on < 1 << switches.Count; on++)
        {
            var own = on;
            if (Templates(parameter => (own & (1 << switches.FindIndex(other => other.Name == parameter.Name))) != 0) is not { } written)
                return null;
            foreach (var line in written)
            {
                if (!seen.TryGetValue(line, out var when))
                {
                    seen.Add(line, when = []);
                    lines.Add(line);
                }

                when.Add(on);
            }
        }

        var attributes = new List<string>();
        foreach (var line in lines)
        {
            if (Condition(seen[line], switches) is not { } condition)
            {
                // The switch itself may be the value.
                if (line.Value != "true" || switches.Find(other => Matches(seen[line], switches, other) && seen.TryGetValue((line.Key, "false"), out var off) && off.Count == seen[line].Count) is not { } written)
                {
                    if (line.Value == "false" && seen.ContainsKey((line.Key, "true")))
                        continue;
                    return null;
                }

                attributes.Add(Attribute(line.Key, "{" + written.Name + "}", ""));
                continue;
            }

            if (condition.Length > 0 && line.Value == "true" && seen.ContainsKey((line.Key, "false")))
                attributes.Add(Attribute(line.Key, "{" + condition + "}", ""));
            else
                attributes.Add(Attribute(line.Key, line.Value, condition));
        }

        return attributes.Count == 0 ? null : attributes;
    }

    // Empty where it is always written, the name of the switch that has to be on, null where no annotation says it.
    private static string? Condition(List<int> when, List<IParameterSymbol> switches)
    {
        if (when.Count == 1 << switches.Count)
            return "";
        return switches.Find(other => Matches(when, switches, other))?.Name;
    }

    private static bool Matches(List<int> when, List<IParameterSymbol> switches, IParameterSymbol parameter)
    {
        var bit = 1 << switches.IndexOf(parameter);
        return when.Count == 1 << (switches.Count - 1) && when.TrueForAll(on => (on & bit) != 0);
    }

    // What is written with the switches as they are, parameters in braces.
    private List<(string Key, string Value)>? Templates(Func<IParameterSymbol, bool> isOn)
    {
        if (Arguments(_probe, 0, isOn) is not { } first || _probe.Call(_compilation, first, _cancellationToken) is not { } one
            || Arguments(_probe, 1, isOn) is not { } second || _probe.Call(_compilation, second, _cancellationToken) is not { } other
            || one.Count != other.Count)
            return null;
        var templates = new List<(string, string)>();
        for (var i = 0; i < one.Count; i++)
        {
            var key = Template(one[i].Key, first);
            var value = Template(one[i].Value, first);
            if (key != Template(other[i].Key, second))
                return null;
            if (value != Template(other[i].Value, second))
            {
                // A member of an enumeration is written as a text of its own.
                if (EnumerationOf(one[i].Value, first, other[i].Value, second) is not { } parameter)
                    return null;
                value = "{" + parameter + "}";
            }

            templates.Add((key, value));
        }

        return templates;
    }

    private string? EnumerationOf(string one, Dictionary<string, object> first, string other, Dictionary<string, object> second)
    {
        if (BuilderVocabulary.From(_compilation) is not { } vocabulary)
            return null;
        foreach (var parameter in _probe.Parameters)
        {
            if (parameter.Type is INamedTypeSymbol { TypeKind: TypeKind.Enum } type
                && Text((IFieldSymbol)first[parameter.Name]) == one && Text((IFieldSymbol)second[parameter.Name]) == other)
                return parameter.Name;

            string? Text(IFieldSymbol member)
            {
                var texts = vocabulary.TextsOf(type).Of(EnumValue.NumberOf(member.ConstantValue!)).ToList();
                return texts.Count == 1 ? texts[0] : texts.Count == 0 ? member.Name : null;
            }
        }

        return null;
    }

    private static string Template(string text, Dictionary<string, object> arguments)
    {
        foreach (var argument in arguments)
        {
            if (argument.Value is string or int)
                text = text.Replace(Convert.ToString(argument.Value, CultureInfo.InvariantCulture)!, "{" + argument.Key + "}");
        }

        return text;
    }

    private static string Attribute(string key, string value, string condition)
    {
        var isList = SettingPath.IsEntry(key);
        var text = new StringBuilder("[Setting(").Append(SymbolDisplay.FormatLiteral(isList ? SettingPath.Parent(key) : key, quote: true));
        text.Append(", Value = ").Append(SymbolDisplay.FormatLiteral(value, quote: true));
        if (isList)
            text.Append(", Kind = SettingKind.List");
        if (condition.Length > 0)
            text.Append(", When = ").Append(SymbolDisplay.FormatLiteral(condition, quote: true));
        return text.Append(")]").ToString();
    }
}
