using System.Globalization;

namespace StalwartHardening.Tool;

/// <summary>Standard streams that may not be there: a shell can start a program with any of them closed.</summary>
internal static class StandardStreams
{
    private const int CloseOnExec = 0x80000;

    /// <summary>Standard input; null where it is closed.</summary>
    public static Stream? OpenInput() => IsInherited(0) ? Console.OpenStandardInput() : null;

    /// <summary>Standard output; nowhere where it is closed.</summary>
    public static Stream OpenOutput() => IsInherited(1) ? Console.OpenStandardOutput() : Stream.Null;

    /// <summary>Standard error; nowhere where it is closed.</summary>
    public static Stream OpenError() => IsInherited(2) ? Console.OpenStandardError() : Stream.Null;

    // The runtime's own pipes take the free numbers, and reading from one of them would wait for ever. What a shell handed over
    // has survived an exec, so it cannot be marked to be closed by one; the runtime's pipes are.
    private static bool IsInherited(int descriptor)
    {
        if (!OperatingSystem.IsLinux())
            return true;
        try
        {
            foreach (var line in File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/self/fdinfo/{descriptor}")))
            {
                if (line.StartsWith("flags:", StringComparison.Ordinal))
                    return (Convert.ToInt32(line[6..].Trim(), 8) & CloseOnExec) == 0;
            }

            return true;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException or OverflowException)
        {
            return true;
        }
    }
}
