using StalwartHardening.Tool.Checking;

namespace StalwartHardening.Tool.Output;

/// <summary>
/// One way to write findings down. <see cref="Render"/> is called by many threads at once, the others by one, in the order of the
/// files.
/// </summary>
internal abstract class ReportFormat
{
    /// <summary>Whether reports must keep their server, to say how findings can be fixed.</summary>
    public virtual bool NeedsServer => false;

    /// <summary>Writes what comes before the first file.</summary>
    public virtual void Begin(TextWriter output)
    {
    }

    /// <summary>What is to be written about one file; empty for nothing.</summary>
    public abstract string Render(FileReport report);

    /// <summary>Writes what was rendered.</summary>
    public virtual void Write(TextWriter output, string rendered) => output.Write(rendered);

    /// <summary>Writes what comes after the last file.</summary>
    public virtual void End(TextWriter output, Summary summary)
    {
    }
}
