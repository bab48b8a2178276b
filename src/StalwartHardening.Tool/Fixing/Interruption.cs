using System.Runtime.InteropServices;

namespace StalwartHardening.Tool.Fixing;

/// <summary>Ends the process on Ctrl+C and on a request to end, but never while a file is being written.</summary>
internal sealed class Interruption : IDisposable
{
    private readonly List<PosixSignalRegistration> _signals = [];

    public Interruption(Terminal terminal)
    {
        foreach (var signal in (PosixSignal[])[PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP])
        {
            _signals.Add(PosixSignalRegistration.Create(signal, context =>
            {
                context.Cancel = true;
                // Never let go again: the next file must not be begun.
                TargetFile.Gate.Enter();
                // A menu hides the cursor.
                if (terminal.IsErrorInteractive)
                    terminal.Error.Write("\e[?25h\n");
                terminal.Say("interrupted. Every file is complete: unchanged or fixed.");
                Environment.Exit(ExitCode.Interrupted);
            }));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var signal in _signals)
            signal.Dispose();
    }
}
