using System.Text;
using StalwartHardening.Settings;

namespace StalwartHardening.Tests.Settings;

public class SettingKeyTests
{
    private static readonly string[] Keys = ["", "a", "a.b", "a-b", "ab", "a.0000", "a.0001", "A", "é", "\uE000", "\uFFFD", "😀", "😁", "a😀", "a\uFFFD", "\uD7FF"];

    [Fact]
    public void Keys_are_ordered_by_the_bytes_of_their_utf8_form()
    {
        foreach (var left in Keys)
        {
            foreach (var right in Keys)
            {
                var expected = Encoding.UTF8.GetBytes(left).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(right));
                Assert.Equal(Math.Sign(expected), Math.Sign(SettingKey.Compare(left, right)));
            }
        }
    }
}
