using System.Text;

namespace StalwartHardening.Tool.Checking;

/// <summary>The parts of a message that are in single quotes. An apostrophe inside a word is none, and a quote inside what is quoted may be one.</summary>
internal static class QuotedText
{
    /// <summary><paramref name="message"/> with each quoted part masked.</summary>
    /// <param name="message">The message.</param>
    /// <param name="isHidden">Whether nobody may see a quoted part. Asked about the longest reading first: what is quoted may hold quotes.</param>
    /// <param name="placeholder">What stands for such a part.</param>
    /// <param name="mask">What may be seen of every other quoted part.</param>
    public static string Mask(string message, Func<string, bool> isHidden, string placeholder, Func<string, string> mask)
    {
        StringBuilder? result = null;
        var taken = 0;
        for (var open = NextOpen(message, 0); open >= 0; open = NextOpen(message, open))
        {
            var end = -1;
            string? masked = null;
            for (var close = LastClose(message, open, message.Length); close > open && masked is null; close = LastClose(message, open, close))
            {
                end = close;
                if (isHidden(message.Substring(open + 1, close - open - 1)))
                    masked = placeholder;
            }

            if (end < 0)
            {
                open++;
                continue;
            }

            (result ??= new StringBuilder(message.Length)).Append(message, taken, open + 1 - taken).Append(masked ?? mask(message.Substring(open + 1, end - open - 1)));
            taken = end;
            open = end + 1;
        }

        return result is null ? message : result.Append(message, taken, message.Length - taken).ToString();
    }

    private static int NextOpen(string message, int from)
    {
        for (var at = from; at < message.Length; at++)
        {
            if (message[at] == '\'' && (at == 0 || !char.IsLetterOrDigit(message[at - 1])))
                return at;
        }

        return -1;
    }

    private static int LastClose(string message, int open, int before)
    {
        for (var at = before - 1; at > open; at--)
        {
            if (message[at] == '\'' && (at + 1 == message.Length || !char.IsLetterOrDigit(message[at + 1])))
                return at;
        }

        return -1;
    }
}
