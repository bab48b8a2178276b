using System.Text;

namespace StalwartHardening.Rules;

/// <summary>
/// Rules that advise an option write it <c>'stalwart_hardening.NAME = VALUE'</c>; the host that shows the sentence says where that is typed.
/// </summary>
internal static class OptionAdvice
{
    /// <summary>The advice in <paramref name="text"/> in the words of <paramref name="host"/>.</summary>
    public static string Say(string text, AdviceHost host)
    {
        if (text.IndexOf(HardeningOptions.Prefix, StringComparison.Ordinal) < 0)
            return text;
        var result = new StringBuilder(text.Length + 96);
        var from = 0;
        while (Next(text, from) is { } advice)
        {
            result.Append(text, from, advice.Start - from).Append(Write(advice, host));
            from = advice.End;
        }

        return result.Append(text, from, text.Length - from).ToString();
    }

    private static string Write(in Advice advice, AdviceHost host) => host switch
    {
        AdviceHost.Tool => $"{advice.Quote}{advice.Name} = \"{advice.Value}\"{advice.Quote} in stalwart-harden.toml (or {advice.Quote}--{advice.Name.Replace('_', '-')} {Argument(advice.Value)}{advice.Quote})",
        AdviceHost.Program => $"{advice.Quote}{InProgram(advice.Name, advice.Value)}{advice.Quote}",
        _ => $"{advice.Quote}{HardeningOptions.Prefix}{advice.Name} = {advice.Value}{advice.Quote} in a .globalconfig",
    };

    private static string Argument(string value) => value.IndexOf(' ') >= 0 ? value.Replace(" ", "") : value;

    private static string InProgram(string name, string value) => (HardeningOptions.Prefix + name) switch
    {
        HardeningOptions.TargetVersionName => $"new JudgementOptions {{ TargetVersion = new Version(\"{value}\") }}",
        HardeningOptions.AllowedPortsName => $"new JudgementOptions {{ AllowedPorts = {{ {value} }} }}",
        HardeningOptions.HttpAccessControlName => $"new JudgementOptions {{ HttpAccessControl = HttpAccessControl.{(value == "in_database" ? "InDatabase" : "InConfiguration")} }}",
        _ => $"{HardeningOptions.Prefix}{name} = {value}",
    };

    private static Advice? Next(string text, int from)
    {
        for (var start = text.IndexOf(HardeningOptions.Prefix, from, StringComparison.Ordinal); start >= 0; start = text.IndexOf(HardeningOptions.Prefix, start + 1, StringComparison.Ordinal))
        {
            if (start == from || text[start - 1] is not ('\'' or '`'))
                continue;
            var quote = text[start - 1];
            var end = text.IndexOf(quote, start);
            var sign = text.IndexOf(" = ", start, StringComparison.Ordinal);
            if (end < 0 || sign < 0 || sign > end)
                continue;
            var name = start + HardeningOptions.Prefix.Length;
            return new Advice(start - 1, end + 1, quote, text.Substring(name, sign - name), text.Substring(sign + 3, end - sign - 3));
        }

        return null;
    }

    private readonly record struct Advice(int Start, int End, char Quote, string Name, string Value);
}

/// <summary>Where somebody reads a finding.</summary>
internal enum AdviceHost
{
    /// <summary>In an editor or a build.</summary>
    Compiler,

    /// <summary>From the command, which has an option file and options.</summary>
    Tool,

    /// <summary>From a program that judges what it has built.</summary>
    Program,
}
