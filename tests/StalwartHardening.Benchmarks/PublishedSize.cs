using System.Diagnostics;
using System.Globalization;
using System.Text;
using StalwartHardening.Mutation;

namespace StalwartHardening.Benchmarks;

/// <summary>What the libraries add to a program that is published trimmed: whoever uses no typed object pays for none.</summary>
internal static class PublishedSize
{
    private const string Toml = """
        var server = StalwartHardening.Configuration.StalwartServer.CreateBuilder("mail.example.org");
        server.AddListener("imaps", StalwartHardening.Configuration.MailProtocol.Imap).Bind(993).WithImplicitTls();
        server.Build().WriteToml("config.toml");
        """;

    private const string Plan = """
        var plan = new StalwartHardening.Configuration.StalwartPlan();
        plan.Reconcile(new StalwartHardening.Configuration.Objects.NetworkListener { Name = "imaps", Bind = ["[::]:993"], TlsImplicit = true });
        plan.WritePlan("plan.ndjson");
        """;

    /// <summary>Publishes the samples, prints a table, and writes it between the marks of a page where there is one.</summary>
    /// <param name="page">The page; null for none.</param>
    /// <param name="library">The project file of the library.</param>
    /// <exception cref="InvalidOperationException">A sample cannot be published.</exception>
    public static void Report(string? page, string library)
    {
        var folder = Directory.CreateTempSubdirectory("published-size-").FullName;
        try
        {
            var table = new StringBuilder("| published for linux-x64 | `StalwartHardening.Configuration.dll` | `StalwartHardening.Core.dll` |\n|---|---:|---:|\n");
            Row(table, "three lines that write TOML, not trimmed", Publish(folder, "whole", Toml, library, isTrimmed: false));
            Row(table, "three lines that write TOML, trimmed", Publish(folder, "toml", Toml, library, isTrimmed: true));
            Row(table, "three lines that write a plan of one typed object, trimmed", Publish(folder, "plan", Plan, library, isTrimmed: true));
            Console.WriteLine(table);
            if (page is not null)
                RecordedPage.Write(page, "sizes", table.ToString());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Row(StringBuilder table, string what, string published) =>
        table.Append(CultureInfo.InvariantCulture, $"| {what} | {Size(published, "StalwartHardening.Configuration.dll")} | {Size(published, "StalwartHardening.Core.dll")} |\n");

    private static string Size(string published, string file) =>
        new FileInfo(Path.Combine(published, file)) is { Exists: true } found ? (found.Length / 1024).ToString("N0", CultureInfo.InvariantCulture) + " kB" : "none of it";

    private static string Publish(string folder, string name, string program, string library, bool isTrimmed)
    {
        var project = Path.Combine(folder, name);
        Directory.CreateDirectory(project);
        File.WriteAllText(Path.Combine(project, "Program.cs"), program);
        File.WriteAllText(Path.Combine(project, name + ".csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <RuntimeIdentifier>linux-x64</RuntimeIdentifier>
                <SelfContained>{(isTrimmed ? "true" : "false")}</SelfContained>
                <PublishTrimmed>{(isTrimmed ? "true" : "false")}</PublishTrimmed>
              </PropertyGroup>
              <ItemGroup>
                <ProjectReference Include="{Path.GetFullPath(library)}" />
              </ItemGroup>
            </Project>
            """);
        var output = Path.Combine(folder, "out-" + name);
        using var process = Process.Start(new ProcessStartInfo("dotnet", ["publish", project, "-c", "Release", "-o", output, "-v", "quiet"]) { RedirectStandardOutput = true })!;
        var said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException(said);
    }
}
