using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;

namespace StalwartHardening.Tests.Exposure;

/// <summary>A headless Chromium, spoken to over its DevTools protocol.</summary>
internal sealed class Browser : IAsyncDisposable
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
    private readonly Process _process;
    private readonly string _profile;
    private readonly ClientWebSocket _socket = new();
    private readonly List<string> _messages = [];
    private readonly List<string> _events = [];
    private int _number;
    private string? _session;

    private Browser(Process process, string profile)
    {
        _process = process;
        _profile = profile;
    }

    /// <summary>What the page said on its console, and what the browser complained of.</summary>
    public IReadOnlyList<string> Messages => _messages;

    /// <summary>Starts it; skips the test where there is none.</summary>
    public static async Task<Browser> StartOrSkip(CancellationToken cancellationToken)
    {
        var program = Environment.GetEnvironmentVariable("CHROMIUM") ?? Find();
        Assert.SkipWhen(program is null, "There is no Chromium on the path; install one, or name it in CHROMIUM.");
        var profile = Directory.CreateTempSubdirectory("stalwart-harden-browser-").FullName;
        var start = new ProcessStartInfo(program!) { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (var argument in (string[])["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--hide-scrollbars", "--remote-debugging-port=0", "--user-data-dir=" + profile, "about:blank"])
            start.ArgumentList.Add(argument);
        var process = Process.Start(start)!;
        var browser = new Browser(process, profile);
        string? address = null;
        while (address is null && await process.StandardError.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.StartsWith("DevTools listening on ", StringComparison.Ordinal))
                address = line["DevTools listening on ".Length..];
        }

        Assert.NotNull(address);
        _ = process.StandardError.ReadToEndAsync(cancellationToken);
        _ = process.StandardOutput.ReadToEndAsync(cancellationToken);
        await browser._socket.ConnectAsync(new Uri(address), cancellationToken);
        var target = await browser.Send("Target.createTarget", new JsonObject { ["url"] = "about:blank" }, cancellationToken);
        var attached = await browser.Send("Target.attachToTarget", new JsonObject { ["targetId"] = (string)target["targetId"]!, ["flatten"] = true }, cancellationToken);
        browser._session = (string)attached["sessionId"]!;
        foreach (var domain in (string[])["Page", "Runtime", "Log", "Network"])
            await browser.Send(domain + ".enable", [], cancellationToken);
        return browser;
    }

    /// <summary>Opens a file as a screen of this width would, in light or dark.</summary>
    public async Task Open(string path, int width, bool isDark, CancellationToken cancellationToken, string media = "screen")
    {
        await Send("Emulation.setDeviceMetricsOverride", new JsonObject { ["width"] = width, ["height"] = 900, ["deviceScaleFactor"] = 1, ["mobile"] = width < 600 }, cancellationToken);
        await Send("Emulation.setEmulatedMedia", new JsonObject { ["media"] = media, ["features"] = new JsonArray(new JsonObject { ["name"] = "prefers-color-scheme", ["value"] = isDark ? "dark" : "light" }) }, cancellationToken);
        _events.Clear();
        await Send("Page.navigate", new JsonObject { ["url"] = new Uri(path).AbsoluteUri }, cancellationToken);
        while (!_events.Contains("Page.loadEventFired"))
            await Receive(cancellationToken);
    }

    /// <summary>The value of an expression on the page.</summary>
    public async Task<JsonNode?> Evaluate(string expression, CancellationToken cancellationToken)
    {
        var answer = await Send("Runtime.evaluate", new JsonObject { ["expression"] = expression, ["returnByValue"] = true }, cancellationToken);
        Assert.False(answer.ContainsKey("exceptionDetails"), answer.ToJsonString());
        return answer["result"]!["value"];
    }

    /// <summary>A picture of the whole page, as PNG.</summary>
    public async Task<byte[]> Screenshot(CancellationToken cancellationToken) =>
        Convert.FromBase64String((string)(await Send("Page.captureScreenshot", new JsonObject { ["captureBeyondViewport"] = true }, cancellationToken))["data"]!);

    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
        try
        {
            Directory.Delete(_profile, recursive: true);
        }
        catch (IOException)
        {
            // A late child of the browser may still write; the system clears its temporary files.
        }
    }

    private static string? Find()
    {
        foreach (var folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator))
        {
            foreach (var name in Names)
            {
                if (folder.Length > 0 && File.Exists(Path.Combine(folder, name)))
                    return Path.Combine(folder, name);
            }
        }

        return null;
    }

    private async Task<JsonObject> Send(string method, JsonObject parameters, CancellationToken cancellationToken)
    {
        var number = ++_number;
        var message = new JsonObject { ["id"] = number, ["method"] = method, ["params"] = parameters };
        if (_session is not null)
            message["sessionId"] = _session;
        await _socket.SendAsync(Encoding.UTF8.GetBytes(message.ToJsonString()), WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
        while (true)
        {
            var answer = await Receive(cancellationToken);
            if ((int?)answer["id"] != number)
                continue;
            Assert.False(answer.ContainsKey("error"), method + ": " + answer.ToJsonString());
            return answer["result"]!.AsObject();
        }
    }

    private async Task<JsonObject> Receive(CancellationToken cancellationToken)
    {
        using var text = new MemoryStream();
        var buffer = new byte[65536];
        WebSocketReceiveResult part;
        do
        {
            part = await _socket.ReceiveAsync(buffer, cancellationToken);
            text.Write(buffer, 0, part.Count);
        }
        while (!part.EndOfMessage);
        var message = JsonNode.Parse(text.ToArray())!.AsObject();
        if ((string?)message["method"] is not { } name)
            return message;
        _events.Add(name);
        if (name is "Runtime.consoleAPICalled" or "Runtime.exceptionThrown" or "Log.entryAdded")
            _messages.Add(message.ToJsonString());
        if (name == "Network.requestWillBeSent" && (string?)message["params"]!["request"]!["url"] is { } url && !url.StartsWith("file:", StringComparison.Ordinal) && !url.StartsWith("data:", StringComparison.Ordinal) && url != "about:blank")
            _messages.Add("The page asks for " + url);
        return message;
    }
}
