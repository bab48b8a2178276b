namespace StalwartHardening.Tool;

/// <summary>What the tool's exit code says. Part of its contract: scripts rely on it.</summary>
internal static class ExitCode
{
    /// <summary>Nothing found.</summary>
    public const int Success = 0;

    /// <summary>Findings at or above the threshold.</summary>
    public const int Findings = 1;

    /// <summary>Wrong usage: an unknown option, a configuration of the tool that cannot be understood, output that cannot be written.</summary>
    public const int Usage = 2;

    /// <summary>Input that cannot be read; what could be read was judged all the same.</summary>
    public const int Unreadable = 3;

    /// <summary>A fix was refused: it would have taken the last way to administer a server.</summary>
    public const int Lockout = 4;

    /// <summary>Ctrl+C, or a request to end, while files were being fixed; what shells give for it.</summary>
    public const int Interrupted = 130;

    /// <summary>The exit codes of a command and what they say there, for its help.</summary>
    public static IReadOnlyList<(int Code, string Meaning)> Of(string command) => command switch
    {
        "check" =>
        [
            (Success, "no findings at or above --min-severity, or --exit-zero"),
            (Findings, "findings at or above --min-severity"),
            WrongUsage,
            (Unreadable, "input that cannot be read, or a path or glob that matches no configuration; everything else is checked all the same"),
        ],
        "fix" =>
        [
            (Success, "no findings left at or above --min-severity, or --exit-zero"),
            (Findings, "findings are left (without --write or --review: all of them)"),
            WrongUsage,
            (Unreadable, "a file that cannot be read or written, or has changed since it was read; the other files are still fixed"),
            (Lockout, "nothing was written to a file: its fixes would remove the last way to administer the server"),
            (Interrupted, "interrupted; every file is complete: unchanged or fixed"),
        ],
        "access" => [(Success, "answered, and the outcome is the expected one"), (Findings, "the outcome differs from --expect"), WrongUsage, CannotRead],
        "exposure" => [(Success, "drawn"), (Findings, "with --exit-code: the change opens something"), WrongUsage, CannotRead],
        "diff" => [(Success, "compared"), (Findings, "with --exit-code: anything differs; with --exit-code opens: the new configuration opens something"), WrongUsage, (Unreadable, "input that cannot be read; with --exit-code: a configuration that the server refuses, so that only a part of it is compared")],
        "rules" or "explain" or "completion" or "init" => [(Success, "success"), WrongUsage],
        "stalwart-harden" => [(Success, "success, no findings"), (Findings, "findings"), WrongUsage, CannotRead],
        _ => [(Success, "success"), WrongUsage, CannotRead],
    };

    private static (int Code, string Meaning) WrongUsage => (Usage, "wrong usage: an unknown option, an option file that cannot be understood, output that cannot be written");

    private static (int Code, string Meaning) CannotRead => (Unreadable, "input that cannot be read");
}
