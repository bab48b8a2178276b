using System.Text;
using StalwartHardening.Fixing;
using StalwartHardening.Generations;
using StalwartHardening.Plans;
using StalwartHardening.Server;

namespace StalwartHardening.Programs;

/// <summary>
/// A configuration as a C# program that writes the same: TOML with the typed builders and <c>Set</c> for the rest, a plan or a
/// snapshot with typed objects. Comments come along. Secrets do not: each becomes an environment variable, and macros stay macros.
/// </summary>
internal sealed class ImportedProgram
{
    // What Build() refuses may make more of the rest useless.
    private const int MaxRounds = 8;

    private readonly ProgramParts _parts;

    private ImportedProgram(ProgramParts parts, IReadOnlyList<ProgramVariable> variables, IReadOnlyList<LeftOutSetting> leftOut)
    {
        _parts = parts;
        Variables = variables;
        LeftOut = leftOut;
    }

    /// <summary>The program, for a project of its own: it writes the file that its first argument names.</summary>
    public string Text => _parts.ToProgram();

    /// <summary>The same as a class with a method that puts the server together, for a project that has a program already.</summary>
    /// <param name="name">The class.</param>
    /// <param name="namespace">Its namespace; none where it is null or empty.</param>
    public string ToClass(string name, string? @namespace = null) => _parts.ToClass(name, @namespace);

    /// <summary>The environment variables that take the place of secrets.</summary>
    public IReadOnlyList<ProgramVariable> Variables { get; }

    /// <summary>The settings that the program does not write, because the server cannot use them and <c>Build()</c> refuses them, or because a snapshot does not show them; comments say so.</summary>
    public IReadOnlyList<LeftOutSetting> LeftOut { get; }

    /// <summary>The lines, counted from 1, of operations that typed objects cannot say: the program writes them as JSON.</summary>
    public IReadOnlyList<int> Verbatim { get; private init; } = [];

    /// <summary>Which line of <see cref="Text"/>, counted from 1, says a piece of a plan again; in the order of the lines. Empty for TOML.</summary>
    public IReadOnlyList<(SourceSpan Source, int Line)> Places { get; private init; } = [];

    /// <summary>Why a configuration does not become a program; null where it does.</summary>
    /// <param name="server">The configuration.</param>
    public static string? FindObstacle(ServerConfiguration server) =>
        server.Document.Origin is PlanReading plan ? ImportedPlan.FindObstacle(plan)
        : server.IsPlan ? "it is not a plan in a text"
        : server.Document.Problems is [var first, ..] ? FormattableString.Invariant($"the server does not start on it (line {first.Line}: {first.Message.TrimEnd('.')}); run 'stalwart-harden check' first")
        : Generation.For(server.Document.Version).FindWhyNoConfiguration(server.Document);

    /// <summary>Writes the program.</summary>
    /// <param name="server">A configuration without an obstacle (<see cref="FindObstacle"/>).</param>
    /// <param name="name">What the configuration is called, for the first comment.</param>
    /// <param name="mayShow">Whether a comment of the configuration may be shown; all of them where it is null.</param>
    public static ImportedProgram From(ServerConfiguration server, string name, Func<SourceSpan, bool>? mayShow = null)
    {
        var document = server.Document;
        if (document.Origin is PlanReading plan)
        {
            var imported = new ImportedPlan(plan, mayShow);
            return new ImportedProgram(imported.Write(name), imported.Variables, imported.LeftOut) { Verbatim = imported.Verbatim, Places = imported.Places };
        }

        var variables = new List<ProgramVariable>();
        var settings = new List<ProgramSetting>(document.Count);
        foreach (ref readonly var setting in document.InTextOrder)
            settings.Add(new ProgramSetting(setting, ValueOf(setting, variables)));
        var leftOut = LeaveOut(settings);
        variables.RemoveAll(variable => leftOut.ContainsKey(variable.Key));
        var head = new StringBuilder();
        WriteHead(head, name, variables);
        var body = new StringBuilder();
        new ProgramWriter(body, settings, leftOut, ProgramComments.From(document, mayShow), document.Text).Write();
        var parts = new ProgramParts(head.ToString(), ["StalwartHardening.Configuration"], body.ToString(), "StalwartServer", "server.Build()", "server.Build().WriteToml(args.Length > 0 ? args[0] : \"config.toml\");");
        return new ImportedProgram(parts, variables, [.. leftOut.Select(static left => new LeftOutSetting(left.Key, left.Value))]);
    }

    private static void WriteHead(StringBuilder text, string name, List<ProgramVariable> variables)
    {
        text.Append("// Imported from ").Append(ProgramText.OneLine(name)).Append('\n');
        if (variables.Count > 0)
            text.Append("// The server takes these secrets from its environment:\n");
        foreach (var variable in variables)
            text.Append("//   ").Append(variable.Name).Append("  ").Append(ProgramText.OneLine(SecretText.Mask(variable.Key))).Append('\n');
    }

    private static string ValueOf(in Setting setting, List<ProgramVariable> variables)
    {
        var value = setting.Value;
        if (value.Length == 0 || SettingsGeneration.Instance.MaskSecret(setting.Key, value) == value)
            return value;
        var name = NameFor(setting.Key);
        for (var number = 2; variables.Exists(variable => variable.Name == name); number++)
            name = NameFor(setting.Key) + "_" + number.ToString(System.Globalization.CultureInfo.InvariantCulture);
        variables.Add(new ProgramVariable(name, setting.Key));
        return "%{env:" + name + "}%";
    }

    private static string NameFor(string key)
    {
        var name = new StringBuilder(key.Length);
        foreach (var c in key)
            name.Append(c is >= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= '0' and <= '9' ? char.ToUpperInvariant(c) : '_');
        return name.Length > 0 && name[0] is >= '0' and <= '9' ? "_" + name : name.ToString();
    }

    // The same judgement as Build(), which begins every sentence with the key in quotes.
    private static Dictionary<string, string> LeaveOut(List<ProgramSetting> settings)
    {
        var leftOut = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var round = 0; round < MaxRounds; round++)
        {
            var writes = settings.Where(setting => !leftOut.ContainsKey(setting.Key)).Select(static setting => new BuilderWrite(setting.Written, BuildRefusals.AnySetting)).ToList();
            var found = false;
            foreach (var problem in BuildRefusals.Find(writes, out _))
            {
                var end = problem.IndexOf("' (", StringComparison.Ordinal);
                var key = end > 1 ? problem.Substring(1, end - 1) : "";
                if (leftOut.ContainsKey(key) || !writes.Exists(write => write.Setting.Key == key))
                    continue;
                var start = problem.IndexOf("): ", StringComparison.Ordinal);
                leftOut.Add(key, start > 0 ? problem.Substring(start + 3) : problem);
                found = true;
            }

            if (!found)
                break;
        }

        return leftOut;
    }
}

/// <summary>An environment variable in the place of a secret.</summary>
/// <param name="Name">The variable.</param>
/// <param name="Key">The setting whose secret it holds.</param>
internal sealed record ProgramVariable(string Name, string Key)
{
    /// <summary>Whether the program reads it when it runs; else the server does when it starts.</summary>
    public bool IsReadByProgram { get; init; }
}

/// <summary>A setting that a program does not write.</summary>
/// <param name="Key">The setting.</param>
/// <param name="Reason">Why; a sentence.</param>
internal sealed record LeftOutSetting(string Key, string Reason)
{
    /// <summary>The domain whose object has the setting, where it is the object of one: the name may be another domain's as well.</summary>
    public string? Domain { get; init; }
}

/// <summary>A setting of the file, with the value that the program writes.</summary>
internal sealed record ProgramSetting(Setting Setting, string Value)
{
    public string Key => Setting.Key;

    public Setting Written => new(Setting.Key, Value, Setting.KeySpan, Setting.ValueSpan);
}
