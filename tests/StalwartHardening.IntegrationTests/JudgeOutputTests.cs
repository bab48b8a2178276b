using System.Text;

namespace StalwartHardening.Tests;

/// <summary>A build that runs its program and judges what that wrote.</summary>
public class JudgeOutputTests(PackedAnalyzers packed)
{
    private const string Program = """
        using StalwartHardening.Configuration;
        var server = StalwartServer.CreateBuilder("mail.example.org");
        foreach (var port in System.IO.File.ReadAllText("ports.txt").Split(',').Select(int.Parse))
        {
            var listener = server.AddListener("imap" + port, MailProtocol.Imap)
                .Bind(port);
            if (port > 900) listener.WithImplicitTls();
        }
        #pragma warning disable SWH1002 // an old telephone
        server.AddListener("pop3", MailProtocol.Pop3).Bind(int.Parse("110"));
        #pragma warning restore SWH1002
        server.AddListener("smtp", MailProtocol.Smtp).Bind(25);
        server.Build().WriteToml("config.toml");
        System.Console.WriteLine("error: this is what the program says, not the build");
        """;

    [Fact]
    public async Task Findings_are_warnings_of_the_build_at_the_lines_of_the_program()
    {
        var folder = await Create("judged", "config.toml", ports: "143,993");
        var first = (await Dotnet.Run(folder, "build", "-tl:off")).Succeeded().Output;
        Assert.Matches(@"Program\.cs\(6\): warning SWH1001: Listener 'imap143'", first);
        Assert.DoesNotContain("error", first, StringComparison.Ordinal);
        // Taken back in the source.
        Assert.DoesNotContain("SWH1002", first, StringComparison.Ordinal);

        // The program did not change, what it writes did; the written file is judged only where it was written.
        await File.WriteAllTextAsync(Path.Combine(folder, "ports.txt"), "993", TestContext.Current.CancellationToken);
        var second = (await Dotnet.Run(folder, "build", "-tl:off")).Succeeded().Output;
        Assert.DoesNotContain("SWH1001", second, StringComparison.Ordinal);
        Assert.DoesNotContain("config.toml(", second, StringComparison.Ordinal);

        // Options of the build count, also those that make it fail.
        await File.WriteAllTextAsync(Path.Combine(folder, "ports.txt"), "143", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, ".globalconfig"), "is_global = true\ndotnet_diagnostic.SWH1001.severity = error\n", TestContext.Current.CancellationToken);
        var third = await Dotnet.Run(folder, "build", "-tl:off");
        Assert.NotEqual(0, third.ExitCode);
        Assert.Matches(@"Program\.cs\(6\): error SWH1001: ", third.Output);

        // A command that writes it.
        await File.WriteAllTextAsync(Path.Combine(folder, ".globalconfig"), "is_global = true\nstalwart_hardening.allowed_ports = 143\n", TestContext.Current.CancellationToken);
        var fourth = (await Dotnet.Run(folder, "build", "-tl:off", "-p:StalwartHardeningJudgeOutput=dotnet bin/Debug/net10.0/judged.dll")).Succeeded().Output;
        Assert.DoesNotContain("SWH1001", fourth, StringComparison.Ordinal);

        // What the option file of the project says is meant to stay.
        await File.WriteAllTextAsync(Path.Combine(folder, ".globalconfig"), "is_global = true\n", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, "stalwart-harden.toml"), "[[ignore]]\nrule = \"SWH1001\"\nat = \"server.listener.imap143\"\nreason = \"a scanner\"\n", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, "ports.txt"), "143,144", TestContext.Current.CancellationToken);
        var fifth = (await Dotnet.Run(folder, "build", "-tl:off")).Succeeded().Output;
        Assert.DoesNotContain("SWH1001", fifth, StringComparison.Ordinal);
        Assert.DoesNotContain("SWH0009", fifth, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_written_or_fails_is_said_aloud()
    {
        var folder = await Create("unjudged", "other.toml", ports: "993");
        Assert.Matches("warning SWHJUDGE: The program wrote no 'other.toml'", (await Dotnet.Run(folder, "build", "-tl:off")).Succeeded().Output);
        await File.WriteAllTextAsync(Path.Combine(folder, "ports.txt"), "none", TestContext.Current.CancellationToken);
        Assert.Matches("warning SWHJUDGE: The program that StalwartHardeningJudgeOutput runs ended with code", (await Dotnet.Run(folder, "build", "-tl:off")).Succeeded().Output);
    }

    private async Task<string> Create(string name, string output, string ports)
    {
        await packed.PackConfiguration();
        var folder = Path.Combine(packed.Root, name);
        Directory.CreateDirectory(folder);
        Write(name + ".csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <StalwartHardeningJudgeOutput>{output}</StalwartHardeningJudgeOutput>
                <!-- What the compiler says of unknown ports is not what is asked here. -->
                <NoWarn>$(NoWarn);SWH1005</NoWarn>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="StalwartHardening.Configuration" Version="{packed.Version}" />
              </ItemGroup>
            </Project>
            """);
        Write("Program.cs", Program);
        Write("ports.txt", ports);
        return folder;

        void Write(string fileName, string content) =>
            File.WriteAllText(Path.Combine(folder, fileName), content, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
    }
}
