using StalwartHardening.Tool.Checking;
using StalwartHardening.Tool.Input;

namespace StalwartHardening.Tool.Output;

/// <summary>Judges many files at once and writes what comes out in the order of the files, so that the output is always the same.</summary>
/// <param name="judge">Judges one file.</param>
/// <param name="format">Writes one file down.</param>
internal sealed class CheckRun(FileJudge judge, ReportFormat format)
{
    // Enough to keep all processors busy, few enough to hold in memory.
    private const int Batch = 32;

    /// <summary>All files taken together.</summary>
    public Summary Summary { get; } = new();

    /// <summary>Called after each batch with the number of files that are done.</summary>
    public Action<int>? Progressed { get; set; }

    /// <summary>Called for each report, in order; for the baseline.</summary>
    public Action<FileReport>? Reported { get; init; }

    /// <summary>Judges <paramref name="files"/> and writes to <paramref name="output"/>.</summary>
    public void Execute(IReadOnlyList<InputFile> files, TextWriter output)
    {
        var reports = new FileReport[Math.Min(Batch, files.Count)];
        var rendered = new string[reports.Length][];
        for (var start = 0; start < files.Count; start += Batch)
        {
            var count = Math.Min(Batch, files.Count - start);
            void Judge(int index)
            {
                var file = files[start + index];
                (reports[index], rendered[index]) = LastResort.Try(
                    () =>
                    {
                        var report = judge.Judge(file);
                        return (report, RunReport.Split(report).Select(format.Render).ToArray());
                    },
                    problem => (new FileReport(file) { Problem = problem }, [""]),
                    file);
            }

            // For one file the thread pool would take longer to start than the judging.
            if (count == 1)
            {
                Judge(0);
            }
            else
            {
                try
                {
                    Parallel.For(0, count, Judge);
                }
                catch (AggregateException e)
                {
                    // The same message whichever thread met it first.
                    throw e.InnerExceptions.OfType<UsageException>().OrderBy(inner => inner.Message, StringComparer.Ordinal).FirstOrDefault() ?? e.InnerExceptions[0];
                }
            }

            for (var i = 0; i < count; i++)
            {
                foreach (var report in RunReport.Split(reports[i]))
                    Summary.Add(report);
                Reported?.Invoke(reports[i]);
                foreach (var text in rendered[i])
                    format.Write(output, text);

                // Held on to until the next batch is through, they would count as long-lived.
                reports[i] = null!;
                rendered[i] = null!;
            }

            Progressed?.Invoke(start + count);
        }
    }
}
