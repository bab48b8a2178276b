using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Generations;

/// <summary>What settings come from that were read although the server they are for reads no such files.</summary>
/// <param name="Target">The version that was asked for.</param>
internal sealed record UnreadGeneration(ServerVersion Target)
{
    /// <summary>What that server says: nothing, it never looks at the file.</summary>
    public Refusal Refuse(SettingsDocument document, ServerVersion readAs)
    {
        var span = document.Count > 0 ? document.InTextOrder[0].KeySpan : new SourceSpan(0, 0);
        return new Refusal(
            RefusalKind.NotRead,
            span,
            $"Server {Target} reads no TOML: its settings are objects in its database, which plans for 'stalwart-cli apply' write. Nothing in this file has any effect there; all other findings are about how server {readAs} reads it.");
    }
}
