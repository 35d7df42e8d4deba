using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace FilmService.Load;

/// <summary>
/// Tells one thread which of many sockets have something to read, see epoll(7). .NET's own asynchronous
/// sockets hand every answer from thread to thread, which on one core costs more than the request itself.
/// </summary>
internal sealed partial class Epoll : IDisposable
{
    private const int Add = 1;
    private const uint Readable = 1;
    private const int Interrupted = 4;

    private readonly int handle = epoll_create1(0);
    private readonly Event[] events = new Event[256];

    public void Watch(Socket socket, int tag)
    {
        var wanted = new Event { Events = Readable, Tag = tag };
        if (epoll_ctl(handle, Add, (int)socket.Handle, ref wanted) != 0)
        {
            throw new LoadException($"epoll_ctl failed with error {Marshal.GetLastPInvokeError()}");
        }
    }

    /// <summary>Puts the tags of readable sockets into <paramref name="tags"/> and tells how many there are.</summary>
    public int Wait(Span<int> tags, int timeoutMilliseconds)
    {
        var count = epoll_wait(handle, events, Math.Min(events.Length, tags.Length), timeoutMilliseconds);
        if (count < 0 && Marshal.GetLastPInvokeError() != Interrupted)
        {
            throw new LoadException($"epoll_wait failed with error {Marshal.GetLastPInvokeError()}");
        }

        for (var i = 0; i < count; i++)
        {
            tags[i] = (int)events[i].Tag;
        }

        return Math.Max(count, 0);
    }

    public void Dispose() => _ = close(handle);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int epoll_create1(int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int epoll_ctl(int epoll, int operation, int socket, ref Event wanted);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int epoll_wait(int epoll, [Out] Event[] ready, int capacity, int timeout);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int close(int handle);

    /// <summary>struct epoll_event as x86-64 lays it out: packed.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    private struct Event
    {
        public uint Events;
        public long Tag;
    }
}
