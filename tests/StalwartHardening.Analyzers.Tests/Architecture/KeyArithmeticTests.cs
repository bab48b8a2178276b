namespace StalwartHardening.Tests.Architecture;

/// <summary>Keys of settings are joined, cut and compared in one place, <c>SettingPath</c>.</summary>
public sealed class KeyArithmeticTests
{
    // Where a dot is something else: between what and what.
    private static readonly (string Path, string Reason)[] s_otherDots =
    [
        ("StalwartHardening.Analyzers.CodeFixes/Builders/CallWriter.cs", "a member of C#"),
        ("StalwartHardening.Analyzers.CodeFixes/Builders/HelperProbe.cs", "a member of C#"),
        ("StalwartHardening.Analyzers.CodeFixes/Builders/ValueWriter.cs", "a member of C#"),
        ("StalwartHardening.Analyzers.CodeFixes/ConfigurationImport.cs", "a file's extension"),
        ("StalwartHardening.Analyzers/AdditionalFiles/", "a file's extension"),
        ("StalwartHardening.Analyzers/Builders/CreatorsOf.cs", "a namespace"),
        ("StalwartHardening.Analyzers/Builders/Interpreter.", "a member of a value of the program"),
        ("StalwartHardening.Analyzers/Literals/TomlLiteralScreen.cs", "the grammar"),
        ("StalwartHardening.Configuration.Generator/", "a member of C#, a template"),
        ("StalwartHardening.Configuration/AtomicFile.cs", "a file's extension"),
        ("StalwartHardening.Configuration/Judging/GlobalOptions.cs", "an option"),
        ("StalwartHardening.Core/Comparison/", "the end of a sentence"),
        ("StalwartHardening.Core/Expressions/", "an address, a number, the grammar of expressions and patterns"),
        ("StalwartHardening.Core/Generations/IgnoredSettings.cs", "a version"),
        ("StalwartHardening.Core/Generations/Plan", "the end of a sentence, an event, an address"),
        ("StalwartHardening.Core/Migration/ExpressionTranslation.cs", "the grammar of expressions"),
        ("StalwartHardening.Core/Migration/PrincipalMigration.cs", "a host name"),
        ("StalwartHardening.Core/OptionFiles/Suggestion.cs", "the end of a sentence"),
        ("StalwartHardening.Core/Plans/", "a number, an address, a host name, the end of a sentence"),
        ("StalwartHardening.Core/Programs/", "a member of C#"),
        ("StalwartHardening.Core/Rules/HardeningOptions.cs", "an option, a version"),
        ("StalwartHardening.Core/Rules/Rule.cs", "a file's extension"),
        ("StalwartHardening.Core/Rules/Vulnerabilities/", "a version"),
        ("StalwartHardening.Core/Server/Accounts/Secret.cs", "a character that hides a secret"),
        ("StalwartHardening.Core/Server/Access/Address", "an address"),
        ("StalwartHardening.Core/Server/Access/NetworkCondition.cs", "an address"),
        ("StalwartHardening.Core/Server/Access/RouteSpellings.cs", "a pattern"),
        ("StalwartHardening.Core/Server/Access/TypedAccessRules.cs", "a path"),
        ("StalwartHardening.Core/Server/Connections/HostReach.cs", "a host name"),
        ("StalwartHardening.Core/Settings/IpAddressText.cs", "an address"),
        ("StalwartHardening.Core/Settings/ServerVersion.cs", "a version"),
        ("StalwartHardening.Core/Toml/ServerTomlParser.", "the grammar"),
        ("StalwartHardening.Core/Toml/StandardToml", "the grammar"),
        ("StalwartHardening.Core/Toml/TomlStatementSearch.cs", "the grammar"),
        ("StalwartHardening.Tool/", "a file's extension, the end of a sentence"),
    ];

    // Keys of plans have slashes between their parts; PlanKey takes them apart by the schema.
    private static readonly string[] s_planKeys =
    [
        "StalwartHardening.Core/Plans/",
    ];

    // Attributes of builders hold templates of keys: "server.listener.{id}".
    private static readonly string[] s_templates = ["StalwartHardening.Configuration.Generator/MethodBody.cs", "StalwartHardening.Analyzers.CodeFixes/Builders/BuildModel.cs"];

    private static readonly Lazy<List<(string Path, KeyOperation Operation)>> s_everywhere = new(Everywhere);

    [Fact]
    public void Keys_are_taken_apart_in_one_place()
    {
        var operations = s_everywhere.Value;
        Assert.NotEmpty(operations);
        var wrong = operations.Where(static found => !IsAllowed(found.Path, found.Operation)).Select(static found => $"{found.Path}({found.Operation.Line}): {found.Operation.Text}").ToList();
        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong));
    }

    [Fact]
    public void Every_exception_is_needed()
    {
        var operations = s_everywhere.Value;
        Assert.All(s_otherDots, exception => Assert.Contains(operations, found => found.Operation.Kind != KeyOperationKind.Operation && found.Path.StartsWith(exception.Path, StringComparison.Ordinal)));
        Assert.All(s_planKeys.Concat(s_templates), exception => Assert.Contains(operations, found => found.Operation.Kind == KeyOperationKind.Operation && found.Path.StartsWith(exception, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("key.StartsWith(\"a\")")]
    [InlineData("setting.Key.Substring(prefix.Length)")]
    [InlineData("write.Site.Scope.LastIndexOf(c)")]
    [InlineData("setting.Key[(dot + 1)..]")]
    [InlineData("key.AsSpan().Slice(4)")]
    [InlineData("(scope + x).StartsWith(y)")]
    [InlineData("text[i] == '.'")]
    [InlineData("a + \".\" + b")]
    [InlineData("$\"{a}.{b}\"")]
    [InlineData("$\"{a}.bind\"")]
    [InlineData("number.ToString(\"D4\")")]
    [InlineData("prefix + \".protocol\"")]
    [InlineData("document.StartingWith(\"server.listener.\")")]
    public void Arithmetic_is_found(string expression) => Assert.NotEmpty(KeyArithmetic.In($"var x = {expression};"));

    [Theory]
    [InlineData("SettingPath.Join(key, \"bind\")")]
    [InlineData("key == \"server.hostname\"")]
    [InlineData("setting.Key.IndexOf(Setting.UnknownPart)")]
    [InlineData("setting.Value.Substring(1)")]
    [InlineData("$\"The listener '{id}' has no TLS.\"")]
    [InlineData("document.Below(\"server.listener\")")]
    [InlineData("key.Length")]
    public void Other_uses_of_keys_are_not(string expression) => Assert.Empty(KeyArithmetic.In($"var x = {expression};"));

    private static bool IsAllowed(string path, KeyOperation operation) => operation.Kind switch
    {
        KeyOperationKind.Operation => Array.Exists(s_planKeys, known => path.StartsWith(known, StringComparison.Ordinal)) || Array.IndexOf(s_templates, path) >= 0,

        // A generation is where settings have their names.
        KeyOperationKind.Piece when path.StartsWith("StalwartHardening.Core/Generations/", StringComparison.Ordinal) => true,
        _ => Array.Exists(s_otherDots, known => path.StartsWith(known.Path, StringComparison.Ordinal)),
    };

    private static List<(string Path, KeyOperation Operation)> Everywhere()
    {
        var found = new List<(string, KeyOperation)>();
        foreach (var (path, text) in Sources.All())
        {
            if (path != "StalwartHardening.Core/Settings/SettingPath.cs")
                found.AddRange(KeyArithmetic.In(text).Select(operation => (path, operation)));
        }

        return found;
    }
}
