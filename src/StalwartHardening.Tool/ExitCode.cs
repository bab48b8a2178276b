namespace StalwartHardening.Tool;

/// <summary>What the tool's exit code says. Part of its contract: scripts rely on it.</summary>
internal static class ExitCode
{
    /// <summary>Nothing found.</summary>
    public const int Success = 0;

    /// <summary>Findings at or above the threshold.</summary>
    public const int Findings = 1;

    /// <summary>Wrong usage: an unknown option, a configuration of the tool that is not understood, output that cannot be written.</summary>
    public const int Usage = 2;

    /// <summary>Input that cannot be read; what could be read was judged all the same.</summary>
    public const int Unreadable = 3;

    /// <summary>A fix was refused: it would have taken the last way to administer a server.</summary>
    public const int Lockout = 4;

    /// <summary>Ctrl+C, or a request to end, while files were being fixed; what shells give for it.</summary>
    public const int Interrupted = 130;

    /// <summary>The text for <c>--help</c>.</summary>
    public const string Help =
        """
        Exit codes:
          0  nothing found
          1  findings at or above --min-severity
          2  wrong usage: an unknown option, an option file that is not understood, output that cannot be written
          3  input that cannot be read, or a path or glob that leads to no configuration (what can be read is judged all the same)
        Of fix:
          0  nothing is left at or above --min-severity
          1  findings are left; without --write or --review, all that are found
          3  also a file that cannot be written, or has changed since it was read (the others are fixed all the same)
          4  nothing was written to a file: its fixes would take the last way to administer the server (--allow-lockout makes them all the same)
          130  interrupted; every file is as it was, or fixed
        Of exposure, where it compares and is to say so:
          1  the change opens something
        """;
}
