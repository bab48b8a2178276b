using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace StalwartHardening.Configuration;

/// <summary>
/// A builder's method being called. Where that was is kept as code addresses, some microseconds' work, and looked up in the program's
/// debugging symbols only when a finding asks for it: signatures stay free of line numbers, and every language and way of calling counts.
/// </summary>
internal sealed class CallSite
{
    /// <summary>The name of the switch (<see cref="AppContext"/>) that turns recording off where it is false.</summary>
    public const string SwitchName = "StalwartHardening.Configuration.RecordCalls";

    // The call may have come through a library without symbols; a builder of one's own has few layers.
    private const int MaxFrames = 6;

    private readonly Frame[] _frames;

    private CallSite(string method, Frame[] frames)
    {
        Method = method;
        _frames = frames;
    }

    /// <summary>The builder's method.</summary>
    public string Method { get; }

    /// <summary>Notes who calls the builder's <paramref name="method"/>.</summary>
    public static CallSite Record(string method) =>
        AppContext.TryGetSwitch(SwitchName, out var isOn) && !isOn ? new CallSite(method, []) : new CallSite(method, Callers());

    /// <summary>The line of the call, in the innermost method outside of the library whose source is known; null where none is.</summary>
    public SourceLine? Find()
    {
        foreach (var frame in _frames)
        {
            if (SymbolFiles.Find(frame.Method, frame.Offset, Method) is { } place)
                return place;
        }

        return null;
    }

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "A method that trimming has changed or removed has no line, and the finding says so.")]
    private static Frame[] Callers()
    {
        var frames = new List<Frame>(MaxFrames);
        var trace = new StackTrace(2, fNeedFileInfo: false);
        for (var i = 0; i < trace.FrameCount && frames.Count < MaxFrames; i++)
        {
            // Native code has no methods, only addresses.
            if (trace.GetFrame(i) is not { } frame || frame.GetMethod() is not { } method || IsOurs(method) || frame.GetILOffset() == StackFrame.OFFSET_UNKNOWN)
                continue;
            frames.Add(new Frame(method, frame.GetILOffset()));
        }

        return [.. frames];
    }

    private static bool IsOurs(MethodBase method) =>
        method.Module.Assembly.GetName().Name is { } name && name.StartsWith("StalwartHardening.Configuration", StringComparison.Ordinal) && !name.EndsWith("Tests", StringComparison.Ordinal);

    private readonly record struct Frame(MethodBase Method, int Offset);
}
