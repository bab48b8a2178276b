using System.CommandLine;
using StalwartHardening.Tool;
using StalwartHardening.Tool.Commands;

namespace StalwartHardening.Tests;

/// <summary>The tool's commands in this process, for tests that ask them hundreds of times.</summary>
internal static class InProcessTool
{
    public static ToolResult Run(params string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        int code;
        try
        {
            code = CommandLine.Build(new Terminal { Output = output, Error = error }).Parse(arguments).Invoke(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false });
        }
        catch (UsageException e)
        {
            error.WriteLine(e.Message);
            code = ExitCode.Usage;
        }

        return new ToolResult(code, output.ToString(), error.ToString());
    }
}
