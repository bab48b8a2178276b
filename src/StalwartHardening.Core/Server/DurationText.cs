using System.Globalization;

namespace StalwartHardening.Server;

/// <summary>Durations as the server reads them: digits and a unit (<c>config/utils.rs</c>).</summary>
internal static class DurationText
{
    /// <summary>
    /// Writes <paramref name="duration"/> in the largest unit that holds it without a rest, down to milliseconds. The server
    /// refuses zero; what is shorter than a millisecond or negative is written as <c>0ms</c>, which it refuses too.
    /// </summary>
    public static string Of(TimeSpan duration)
    {
        var milliseconds = Math.Max(0, duration.Ticks / TimeSpan.TicksPerMillisecond);
        (long Length, string Unit)[] units = [(86_400_000, "d"), (3_600_000, "h"), (60_000, "m"), (1000, "s")];
        foreach (var (length, unit) in units)
        {
            if (milliseconds > 0 && milliseconds % length == 0)
                return (milliseconds / length).ToString(CultureInfo.InvariantCulture) + unit;
        }

        return milliseconds.ToString(CultureInfo.InvariantCulture) + "ms";
    }
}
