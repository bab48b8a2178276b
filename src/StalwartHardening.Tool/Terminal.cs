using System.Text;

namespace StalwartHardening.Tool;

/// <summary>Where output goes and what it can show.</summary>
internal sealed class Terminal
{
    private const int Narrowest = 40;

    /// <summary>Where findings go. Not flushed after every line: a pipe with two thousand files would be slow.</summary>
    public required TextWriter Output { get; init; }

    /// <summary>Where everything goes that is no result.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Whether the output is looked at by a person.</summary>
    public bool IsInteractive { get; init; }

    /// <summary>Whether messages are looked at by a person.</summary>
    public bool IsErrorInteractive { get; init; }

    /// <summary>The width to break sentences at; 0 for none.</summary>
    public int Width { get; init; }

    /// <summary>The real one.</summary>
    public static Terminal Open()
    {
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        var isInteractive = !Console.IsOutputRedirected;
        return new Terminal
        {
            Output = new StreamWriter(StandardStreams.OpenOutput(), utf8, 16 * 1024) { NewLine = "\n" },
            Error = new StreamWriter(StandardStreams.OpenError(), utf8, 256) { NewLine = "\n", AutoFlush = true },
            IsInteractive = isInteractive,
            IsErrorInteractive = !Console.IsErrorRedirected,
            Width = isInteractive ? Math.Max(Narrowest, WindowWidth()) : 0,
        };
    }

    /// <summary>When to use colours.</summary>
    /// <param name="choice"><c>always</c>, <c>never</c> or <c>auto</c>.</param>
    public bool UsesColour(string choice) => choice switch
    {
        "always" => true,
        "never" => false,
        _ => IsInteractive && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")) && Environment.GetEnvironmentVariable("TERM") != "dumb",
    };

    /// <summary>A line for the user that is no result.</summary>
    /// <remarks>Messages hold arguments, paths and parts of files: nothing of them may move the cursor or begin a line of its own.</remarks>
    public void Say(string message) => Error.WriteLine("stalwart-harden: " + Formatting.Printable.Text(message));

    private static int WindowWidth()
    {
        try
        {
            return Console.WindowWidth is > 0 and var width ? width : 80;
        }
        catch (IOException)
        {
            return 80;
        }
    }
}
