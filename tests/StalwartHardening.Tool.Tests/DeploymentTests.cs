using StalwartHardening.Tool.Deployments;

namespace StalwartHardening.Tests;

/// <summary>Files that start a server: <c>.env</c> and YAML that is named.</summary>
public sealed class DeploymentTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private ToolResult Check(string name, string text, params string[] options) =>
        InProcessTool.Run(["check", _folder.Write(name, text), "--no-config", .. options]);

    [Theory]
    [InlineData(".env", "A=1\nexport STALWART_RECOVERY_ADMIN=admin:hunter2hunter2 # for the set-up\n", 2, 8)]
    [InlineData("stalwart.env", "STALWART_RECOVERY_ADMIN='admin:hunter2hunter2'\n", 1, 1)]
    [InlineData(".env.example", "\uFEFF# x\nSTALWART_RECOVERY_ADMIN = \"admin:hunter2hunter2\"\r\n", 2, 1)]
    [InlineData("compose.yaml", "services:\n  mail:\n    environment:\n      STALWART_RECOVERY_ADMIN: \"admin:hunter2hunter2\"\n", 4, 7)]
    [InlineData("compose.yml", "services:\n  mail:\n    environment: &all\n      - STALWART_RECOVERY_ADMIN=admin:hunter2hunter2\n  other:\n    environment: *all\n", 4, 9)]
    [InlineData("compose.yml", "x-e: &e {STALWART_RECOVERY_ADMIN: 'admin:hunter2hunter2'}\nservices: {mail: {environment: {<<: *e}}}\n", 1, 10)]
    [InlineData("deployment.yaml", "kind: Deployment\nspec:\n  containers:\n    - env:\n        - name: STALWART_RECOVERY_ADMIN\n          value: admin:hunter2hunter2\n", 5, 17)]
    public void A_recovery_administrator_with_a_literal_password_is_found_at_its_place(string name, string text, int line, int column)
    {
        var result = Check(name, text).Expect(1);
        Assert.Contains("warning[SWH3001]: The recovery administrator 'admin' is active", result.Output, StringComparison.Ordinal);
        Assert.Contains($"{name}:{line}:{column}\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("SWH4001", result.Output, StringComparison.Ordinal);
        Assert.Contains("remove `STALWART_RECOVERY_ADMIN` from the service's environment", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("fallback", result.Output, StringComparison.Ordinal);
        foreach (var format in (string[])["text", "json", "sarif", "github", "gitlab", "junit"])
        {
            var written = Check(name, text, "--format", format);
            Assert.DoesNotContain("hunter2", written.Output + written.Error, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(".env", "STALWART_RECOVERY_ADMIN=admin:${ADMIN_SECRET}\n")]
    [InlineData(".env", "STALWART_RECOVERY_ADMIN=$BOTH\n")]
    [InlineData(".env", "STALWART_RECOVERY_ADMIN\n")]
    [InlineData("compose.yaml", "services: {mail: {environment: {STALWART_RECOVERY_ADMIN: \"admin:${PW:?set it}\"}}}\n")]
    [InlineData("compose.yaml", "services: {mail: {environment: [STALWART_RECOVERY_ADMIN]}}\n")]
    [InlineData("compose.yaml", "services: {mail: {environment: {STALWART_RECOVERY_ADMIN: }}}\n")]
    [InlineData("pod.yaml", "env:\n- name: STALWART_RECOVERY_ADMIN\n  valueFrom:\n    secretKeyRef: {name: x, key: y}\n")]
    [InlineData("pod.yaml", "env:\n- {value: \"admin:$(PW)\", name: STALWART_RECOVERY_ADMIN}\n")]
    public void One_whose_password_stands_elsewhere_is_found_without_it(string name, string text)
    {
        var result = Check(name, text).Expect(1);
        Assert.Contains("SWH3001", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("SWH400", result.Output, StringComparison.Ordinal);
        Assert.Contains("as long as 'STALWART_RECOVERY_ADMIN' is set", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("compose.yaml", "services: {mail: {environment: {STALWART_RECOVERY_ADMIN: \"admin:${PW:-changeme}\"}}}\n")]
    [InlineData(".env", "STALWART_RECOVERY_ADMIN=\"admin:changeme\"\n")]
    public void What_holds_unless_somebody_says_otherwise_holds(string name, string text) => Assert.Contains("SWH4003", Check(name, text).Expect(1).Output, StringComparison.Ordinal);

    [Theory]
    [InlineData(".env", "")]
    [InlineData(".env", "# STALWART_RECOVERY_ADMIN=admin:x\nSTALWART_RECOVERY_MODE=1\n=\n\"\n")]
    [InlineData("compose.yaml", "services:\n  mail:\n    image: stalwartlabs/stalwart:v0.16\n    command: [STALWART, RECOVERY]\n")]
    [InlineData("values.yaml", "")]
    public void A_file_without_the_variable_says_what_was_looked_for(string name, string text)
    {
        var result = Check(name, text).Expect(0);
        Assert.Contains("only the variable STALWART_RECOVERY_ADMIN is looked at, and it sets none", result.Error, StringComparison.Ordinal);
        Assert.Contains("No findings in 1 file", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_value_is_no_administrator() => Check(".env", "STALWART_RECOVERY_ADMIN=\n").Expect(0);

    [Fact]
    public void What_is_no_yaml_is_said_with_its_line()
    {
        Assert.Matches("it is not valid YAML from line [23] on: [^\n]+[^.]\\.\n", Check("compose.yaml", "a: 1\nb: [\n").Expect(3).Error);
        var result = Check("compose.yaml", "e: {STALWART_RECOVERY_ADMIN: 'a:hunter2hunter2'}\nb: ]\n").Expect(1);
        Assert.Contains("everything before it was checked", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_directory_gives_no_deployment_files()
    {
        _folder.Write(".env", "STALWART_RECOVERY_ADMIN=admin:x\n");
        _folder.Write("config.toml", TemporaryFolder.Hardened);
        Assert.DoesNotContain("SWH3001", ToolProcess.Run(_folder.Root, "check").Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a$$b", "a$b")]
    [InlineData("${A:-x${B:-y}}", "xy")]
    [InlineData("$A-$", "\uFFFC-$")]
    [InlineData("${A", "${A")]
    [InlineData("$1$(B)", "$1\uFFFC")]
    public void Variables_are_filled_in_as_compose_does(string text, string expected) => Assert.Equal(expected, Interpolation.Apply(text));

    [Fact]
    public void Nothing_in_a_deployment_file_throws()
    {
        var random = new Random(20261127);
        string[] parts = ["STALWART_RECOVERY_ADMIN", "=", ":", "'", "\"", "\n", " ", "- ", "${", "}", "$$", "admin:x", "{", "[", "]", "&a ", "*a ", "#", "name: ", "value: ", "\\", "\uFEFF", "\U0001F600", "\t", "|\n ", "!!str "];
        for (var i = 0; i < 3000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 30)).Select(_ => parts[random.Next(parts.Length)]));
            foreach (var entry in EnvironmentFile.Read(text).Concat(YamlEnvironment.Read(text, out _)))
            {
                Assert.InRange(entry.NamePlace.End, 0, text.Length);
                Assert.InRange(entry.ValuePlace.End, 0, text.Length);
            }
        }
    }

    [Fact]
    public void Real_deployments_are_read_without_a_stop()
    {
        var found = 0;
        foreach (var file in Directory.GetFiles(Repository.SharedOrSkip("corpus16")).Where(file => Path.GetExtension(file) is ".yaml" or ".yml" or ".env"))
        {
            var result = InProcessTool.Run("check", file, "--no-config");
            Assert.InRange(result.ExitCode, 0, 3);
            found += result.Output.Contains("SWH3001", StringComparison.Ordinal) ? 1 : 0;
        }

        Assert.True(found >= 10, $"{found}");
    }
}
