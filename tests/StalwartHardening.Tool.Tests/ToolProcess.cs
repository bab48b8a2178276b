using System.Diagnostics;
using System.Text;

namespace StalwartHardening.Tests;

/// <summary>The built tool, run as users run it.</summary>
internal static class ToolProcess
{
    private const int Patience = 60_000;

    private static string Library { get; } = Path.Combine(AppContext.BaseDirectory, "stalwart-harden.dll");

    public static ToolResult Run(string directory, params string[] arguments) => RunWithInput(directory, "", arguments);

    public static ToolResult RunWithInput(string directory, string input, params string[] arguments) => Start(directory, "dotnet", input, [Library, .. arguments]);

    /// <summary>Runs a line of shell in which <c>$TOOL</c> is the tool; for closed streams and pipes.</summary>
    public static ToolResult Shell(string directory, string line)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Needs a POSIX shell.");
        return Start(directory, "/bin/bash", "", ["-c", line.Replace("$TOOL", $"dotnet '{Library}'", StringComparison.Ordinal)]);
    }

    private static ToolResult Start(string directory, string program, string input, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program)
        {
            WorkingDirectory = directory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail("The tool did not end.");
        }

        return new ToolResult(process.ExitCode, output.Result, error.Result);
    }
}

/// <summary>What a run left behind.</summary>
internal sealed record ToolResult(int ExitCode, string Output, string Error)
{
    /// <summary>The exit code is as expected, and no stack trace reached anybody.</summary>
    public ToolResult Expect(int exitCode)
    {
        Assert.True(exitCode == ExitCode, $"Exit code {ExitCode} instead of {exitCode}.\n{Output}\n{Error}");
        Assert.DoesNotContain("   at ", Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Unhandled", Error, StringComparison.Ordinal);
        return this;
    }
}
