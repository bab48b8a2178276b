using System.Diagnostics;
using StalwartHardening.Tool.Input;

namespace StalwartHardening.Tool.Checking;

/// <summary>
/// What becomes of a mistake of our own: it is reported for the file at which it happened, and the other files get what they came for.
/// </summary>
internal static class LastResort
{
    /// <summary>What <paramref name="work"/> gives; where it fails, what <paramref name="otherwise"/> makes of the problem.</summary>
    public static T Try<T>(Func<T> work, Func<InputProblem, T> otherwise, InputFile file)
    {
#pragma warning disable CA1031 // One file never stops another, whatever is wrong with it or with us.
        try
        {
            return work();
        }
        catch (Exception e) when (IsMistake(e))
        {
            return otherwise(new InputProblem(file.Path, Explain(e)));
        }
#pragma warning restore CA1031
    }

    /// <summary>Does <paramref name="work"/>; the problem where it fails, else null.</summary>
    public static InputProblem? Try(Action work, InputFile file) =>
        Try(
            () =>
            {
                work();
                return null;
            },
            static InputProblem? (problem) => problem,
            file);

    /// <summary>What to say of <paramref name="problem"/>, as the end of a sentence. Its message stays away: it may hold parts of the file.</summary>
    public static string Explain(Exception problem)
    {
        var place = "";
        foreach (var frame in new StackTrace(problem).GetFrames())
        {
            if (DiagnosticMethodInfo.Create(frame) is { DeclaringTypeName: { } type } method && type.StartsWith(nameof(StalwartHardening), StringComparison.Ordinal))
            {
                place = $" in {type}.{method.Name}";
                break;
            }
        }

        return $"stalwart-harden itself fails on it ({problem.GetType().Name}{place}); please report this";
    }

    // Wrong usage and a full disk that standard output goes to end the run; all others are about one file.
    private static bool IsMistake(Exception problem) => problem is not (UsageException or IOException or OperationCanceledException);
}
