using System.Text;

namespace StalwartHardening.Tests;

/// <summary>Many small projects that use the package, built in one go.</summary>
public sealed class ScenarioProjects(PackedAnalyzers packed) : IAsyncLifetime
{
    private const string CleartextImap = "[server.listener.imap]\nbind = \"[::]:143\"\nprotocol = \"imap\"\n";
    private const string Plan = "{\"@type\":\"upsert\",\"object\":\"NetworkListener\",\"matchOn\":[\"name\"],\"value\":{\"smtp\":{\"name\":\"smtp\",\"protocol\":\"smtp\",\"bind\":{\"[::]:25\":true},\"useTls\":true,\"tlsImplicit\":false}}}\n";
    private const string Ignored = "[[ignore]]\nrule = \"SWH1001\"\nat = \"server.listener.imap\"\nreason = \"phones of the field staff\"\n";
    private const string Named = "<StalwartConfiguration Include=\"config.toml\" />";

    private readonly List<string> _names = [];
    private string[] _output = [];

    private string Root => Path.Combine(packed.Root, "scenarios");

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        Add("None");
        Add("Content", items: "<Content Include=\"config.toml\" />");
        Add("EmbeddedResource", items: "<EmbeddedResource Include=\"config.toml\" />");
        Add("AdditionalFiles", items: "<AdditionalFiles Include=\"config.toml\" />");
        Add("StalwartConfiguration", items: Named);
        Add("EverythingAtOnce", items: "<EmbeddedResource Include=\"config.toml\" /><Content Include=\"config.toml\" /><AdditionalFiles Include=\"config.toml\" />" + Named);
        Add("UpperCaseExtension", file: "CONFIG.TOML");
        Add("PlanNone", text: Plan, file: "plan.ndjson");
        Add("PlanEverythingAtOnce", text: Plan, file: "plan.ndjson", items: "<EmbeddedResource Include=\"plan.ndjson\" /><Content Include=\"plan.ndjson\" /><AdditionalFiles Include=\"plan.ndjson\" /><StalwartConfiguration Include=\"plan.ndjson\" />");
        Add("JsonNone", text: Plan, file: "plan.json");
        Add("JsonEverythingAtOnce", text: Plan, file: "plan.json", items: "<EmbeddedResource Include=\"plan.json\" /><Content Include=\"plan.json\" /><AdditionalFiles Include=\"plan.json\" />");
        Add("JsonOddName", text: Plan, file: "it's a (50%) plan; [x].json");
        Add("JsonOfOthers", text: "{\"Logging\":{\"LogLevel\":{\"Default\":\"Information\"}}}", file: "appsettings.json", items: "<None Include=\"missing.json\" />");
        Add("Resource", file: "Texts.resx", text: "<root><data name=\"Mail\" xml:space=\"preserve\"><value>" + CleartextImap + "</value></data></root>\n");
        Add("ResourceOfOthers", file: "Texts.resx", text: "<root><data name=\"Hello\" xml:space=\"preserve\"><value>Hello</value></data></root>\n");
        Add("IgnoredInOptionFile", optionFile: Ignored);
        Add("IgnoredInOptionFileOutsideOfItems", optionFile: Ignored, properties: "<EnableDefaultItems>false</EnableDefaultItems>", items: "<Compile Include=\"Code.cs\" />" + Named);
        Add("WrongOptionFile", optionFile: "[[ignore]]\nrule = \"SWH1001\"\n");
        Add("UnusedInOptionFile", optionFile: Ignored + Ignored.Replace("listener.imap", "listener.pop3", StringComparison.Ordinal));
        Add("PlanOptOut", text: Plan, file: "plan.ndjson", properties: "<StalwartHardeningIncludePlans>false</StalwartHardeningIncludePlans>");
        Add("PlanForExistingServer", text: Plan, file: "plan.ndjson", items: "<StalwartConfiguration Include=\"plan.ndjson\" TargetVersion=\"0.16.7\" ServerState=\"existing\" />");
        Add("PlansForExistingServers", text: Plan, file: "plan.json", properties: "<StalwartHardeningServerState>existing</StalwartHardeningServerState>");
        Add("VisualBasicToml");
        Add("VisualBasicPlan", text: Plan, file: "plan.ndjson");
        Add("VisualBasicJson", text: Plan, file: "plan.json");
        Add("VisualBasicOthers", text: "{\"@context\":\"https://schema.org\",\"@type\":\"Person\"}", file: "person.json");
        Add("OptOut", properties: "<StalwartHardeningIncludeToml>false</StalwartHardeningIncludeToml>");
        Add("ModeNone", properties: "<StalwartHardeningMode>None</StalwartHardeningMode>");
        Add("ModeNoneWithException", properties: "<StalwartHardeningMode>none</StalwartHardeningMode>", globalConfig: "dotnet_diagnostic.SWH1001.severity = warning\n");
        Add("NoWarn", properties: "<NoWarn>$(NoWarn);SWH1001</NoWarn>");
        Add("AllowedPortsInSection", editorConfig: "[*.toml]\nstalwart_hardening.allowed_ports = 143\n");
        Add("SeverityInSection", editorConfig: "[*.toml]\nstalwart_hardening.severity.SWH1001 = none\n");
        Add("IgnoreComment", text: CleartextImap.Replace("143\"\n", "143\"  # swh:ignore SWH1001 -- a test\n", StringComparison.Ordinal));
        Add("AnotherProgramsFile", text: "[package]\nname = \"x\"\n[server]\nport = 143\n");
        Add("OlderServer", text: AccessControlOf011, items: "<StalwartConfiguration Include=\"config.toml\" TargetVersion=\"0.11\" />");
        Add("GlobalConfigError", globalConfig: "dotnet_diagnostic.SWH1001.severity = error\n");
        Add("OurSeverityError", globalConfig: "stalwart_hardening.severity.SWH1001 = error\n");
        Add("StrictMode", properties: "<StalwartHardeningMode>Strict</StalwartHardeningMode>");
        Add("WarningsAsErrors", properties: "<TreatWarningsAsErrors>true</TreatWarningsAsErrors>");
        Add("SuppressMessage", code: "[assembly: System.Diagnostics.CodeAnalysis.SuppressMessage(\"Listeners\", \"SWH1001\", Justification = \"a test\")]\n");
        Add("MultiTargeting", framework: "net10.0;netstandard2.0");
        Add("FolderNamedLikeAFile", items: "<StalwartConfiguration Include=\"x.toml\" />");
        Directory.CreateDirectory(Path.Combine(Root, "FolderNamedLikeAFile", "x.toml"));
        Add("DeletedAfterEvaluation", items: Named, targets: "<Target Name=\"LoseIt\" BeforeTargets=\"CoreCompile\"><Delete Files=\"config.toml\" /></Target>");
        Add("UnknownMode", properties: "<StalwartHardeningMode>paranoid</StalwartHardeningMode>");
        Add("BadOption", editorConfig: "[*.toml]\nstalwart_hardening.target_version = newest\n");
        Add("LostSight", text: TooExpensive);
        Add("LostSightWarningsAsErrors", text: TooExpensive, properties: "<TreatWarningsAsErrors>true</TreatWarningsAsErrors>");
        Add("LostSightInAnEditor", text: TooExpensive, properties: "<DesignTimeBuild>true</DesignTimeBuild>");
        Add("LostSightAsInformation", text: TooExpensive, globalConfig: "stalwart_hardening.severity.SWH0014 = info\n");
        Add("TransitiveSource", file: "unrelated.txt", text: "");
        Add("Transitive", items: "<ProjectReference Include=\"../TransitiveSource/TransitiveSource.csproj\" />", takesThePackage: false);

        await File.WriteAllTextAsync(Path.Combine(Root, "all.proj"), $"""
            <Project>
              <ItemGroup>
                <Scenario Include="{string.Join(';', _names.Select(name => $"{name}/{name}.{(IsVisualBasic(name) ? "vb" : "cs")}proj"))}" />
              </ItemGroup>
              <Target Name="Build">
                <MSBuild Projects="@(Scenario)" Targets="Restore" Properties="Step=Restore" BuildInParallel="true" />
                <MSBuild Projects="@(Scenario)" Targets="Build" BuildInParallel="true" ContinueOnError="true" />
              </Target>
            </Project>
            """);
        var build = await Dotnet.Run(Root, "msbuild", "all.proj", "-m", "-nologo", "-v:minimal", "-nodeReuse:false", "-tl:off");
        _output = build.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>What the compiler found in the project.</summary>
    internal IReadOnlyList<Finding> FindingsOf(string scenario, string? log = null)
    {
        log = Path.Combine(Root, scenario, log ?? "build.net10.0.sarif");
        Assert.True(File.Exists(log), string.Join('\n', _output));
        return Finding.ReadLog(log);
    }

    /// <summary>The files that the compiler got beside the source.</summary>
    internal IReadOnlyList<string> AdditionalFilesOf(string scenario) =>
        File.Exists(Path.Combine(Root, scenario, "additional.txt")) ? File.ReadAllLines(Path.Combine(Root, scenario, "additional.txt")) : [];

    /// <summary>What the build said about the project.</summary>
    internal IReadOnlyList<string> OutputOf(string scenario) =>
        [.. _output.Where(line => line.Contains($"{Path.DirectorySeparatorChar}{scenario}{Path.DirectorySeparatorChar}", StringComparison.Ordinal))];

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    // Under this name access control is in force until 0.11 and ignored from 0.12 on.
    private const string AccessControlOf011 =
        "server.http.allowed-endpoint = \"if_then(starts_with(url_path, '/jmap'), 200, 404)\"\nserver.http.hsts = true\n"
        + "[server.listener.https]\nbind = \"[::]:443\"\nprotocol = \"http\"\ntls.implicit = true\n";

    // Captures double with every rule, so judging stops before the last.
    private static readonly string TooExpensive =
        "[server.listener.https]\nbind = \"[::]:443\"\nprotocol = \"http\"\ntls.implicit = true\n[http]\nhsts = true\nallowed-endpoint = ["
        + string.Concat(Enumerable.Repeat("{ if = '''!matches('(.*)', $0 + $0 + 'ab')''', then = \"404\" },\n", 30)) + "{ else = \"404\" }]\n";

    private static bool IsVisualBasic(string name) => name.StartsWith("VisualBasic", StringComparison.Ordinal);

    private void Add(
        string name,
        string text = CleartextImap,
        string file = "config.toml",
        string items = "",
        string properties = "",
        string targets = "",
        string code = "",
        string globalConfig = "",
        string editorConfig = "",
        string optionFile = "",
        string framework = "net10.0",
        bool takesThePackage = true)
    {
        var folder = Path.Combine(Root, name);
        Directory.CreateDirectory(folder);
        _names.Add(name);
        var package = takesThePackage ? $"<PackageReference Include=\"StalwartHardening.Analyzers\" Version=\"{packed.Version}\" PrivateAssets=\"none\" />" : "";
        Write($"{name}.{(IsVisualBasic(name) ? "vb" : "cs")}proj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFrameworks>{framework}</TargetFrameworks>
                <ErrorLog>$(MSBuildProjectDirectory)/build.$(TargetFramework).sarif,version=2.1</ErrorLog>
                {properties}
              </PropertyGroup>
              <ItemGroup>
                {package}
                {items}
              </ItemGroup>
              {targets}
              <Target Name="ListAdditionalFiles" AfterTargets="CoreCompile">
                <WriteLinesToFile File="additional.txt" Lines="@(AdditionalFiles)" Overwrite="true" />
              </Target>
            </Project>
            """);
        if (IsVisualBasic(name))
            Write("Code.vb", "Public Class C\nEnd Class\n");
        else
            Write("Code.cs", code + "namespace Scenario\n{\n    public class C\n    {\n    }\n}\n");
        Write(file, text);
        if (globalConfig.Length > 0)
            Write(".globalconfig", "is_global = true\n" + globalConfig);
        if (optionFile.Length > 0)
            Write("stalwart-harden.toml", optionFile);
        if (editorConfig.Length > 0)
            Write(".editorconfig", "root = true\n" + editorConfig);

        void Write(string fileName, string content) =>
            File.WriteAllText(Path.Combine(folder, fileName), content, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
    }
}
