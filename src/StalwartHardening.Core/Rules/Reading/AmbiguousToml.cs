using StalwartHardening.Server;

namespace StalwartHardening.Rules.Reading;

/// <summary>Text that the server and TOML tools both accept and read differently.</summary>
internal sealed class AmbiguousToml() : Rule(
    id: "SWH0010",
    title: "Avoid ambiguous TOML",
    message: "The server and TOML tools read this differently: the server takes {0}, TOML tools take {1}. Write it so that both agree.",
    why: "The server's dialect differs from TOML where it matters: backslashes vanish from single-quoted strings, table names lose their case, nested `[[tables]]` are not nested. A TOML tool therefore shows another configuration than the one in force.",
    remedy: "Choose a spelling without the difference: no backslashes in quotes (use `'''…'''` for them), lower-case table names, no nested arrays of tables, plain decimal numbers.")
{
    /// <inheritdoc/>
    public override string? NoRemedyReason => "Only the author knows which of the two readings was meant.";

    /// <inheritdoc/>
    public override void Judge(ServerConfiguration server, Judgement judgement)
    {
        foreach (var remark in server.Document.Remarks)
            judgement.Add(this, remark.Span, "", remark.ServerReading, remark.ToolReading);
    }
}
